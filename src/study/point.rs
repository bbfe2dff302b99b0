//! Points on Earth and how far they lie apart. Knows nothing of sites.

/// A point on Earth, in degrees: within ±90 and ±180.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Point {
    pub lat: f64,
    pub lon: f64,
}

/// The mean radius of the Earth in kilometres.
const EARTH: f64 = 6371.0088;

impl Point {
    /// The point; `None` when it is not on Earth.
    pub fn on_earth(lat: f64, lon: f64) -> Option<Self> {
        (lat.abs() <= 90.0 && lon.abs() <= 180.0).then_some(Self { lat, lon })
    }

    /// How many kilometres lie between two points, the Earth taken for a sphere: at most half a percent wrong.
    pub fn kilometres_to(self, other: Self) -> f64 {
        let [lat, other_lat] = [self.lat, other.lat].map(f64::to_radians);
        let [north, east] = [other_lat - lat, (other.lon - self.lon).to_radians()]
            .map(|angle| (angle / 2.0).sin().powi(2));
        2.0 * EARTH * (north + lat.cos() * other_lat.cos() * east).sqrt().min(1.0).asin()
    }

    /// The point that lies so many kilometres away in a direction: in radians, 0 is north and a quarter of a circle east.
    #[must_use]
    pub fn moved(self, kilometres: f64, direction: f64) -> Self {
        let (lat, angle) = (self.lat.to_radians(), kilometres / EARTH);
        let to = (lat.sin() * angle.cos() + lat.cos() * angle.sin() * direction.cos()).asin();
        let east = (direction.sin() * angle.sin() * lat.cos())
            .atan2(angle.cos() - lat.sin() * to.sin())
            .to_degrees();
        Self { lat: to.to_degrees(), lon: (self.lon + east + 540.0).rem_euclid(360.0) - 180.0 }
    }

    /// How many degrees of latitude so many kilometres are.
    pub fn degrees(kilometres: f64) -> f64 {
        (kilometres / EARTH).to_degrees()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn point(lat: f64, lon: f64) -> Point {
        Point::on_earth(lat, lon).unwrap()
    }

    #[test]
    fn distances_are_those_of_the_earth() {
        let (lyon, paris) = (point(45.748, 4.846), point(48.853, 2.349));
        for (one, other, kilometres) in [
            (lyon, lyon, 0.0),
            (lyon, paris, 393.0),
            // Over the line of the date, and from pole to pole.
            (point(0.0, 179.5), point(0.0, -179.5), 111.2),
            (point(90.0, 0.0), point(-90.0, 77.0), 20015.1),
            (point(0.0, 0.0), point(0.0, 180.0), 20015.1),
        ] {
            let found = one.kilometres_to(other);
            assert!((found - kilometres).abs() < 1.0, "{one:?} {other:?}: {found}");
            assert!((other.kilometres_to(one) - found).abs() < 1e-6);
        }
    }

    #[test]
    fn a_point_that_was_moved_lies_so_far_away() {
        for from in [point(45.7, 4.8), point(-33.0, 179.9), point(0.0, -180.0)] {
            for direction in [0.0, 1.0, 2.0, 4.5] {
                let to = from.moved(100.0, direction);
                assert!((from.kilometres_to(to) - 100.0).abs() < 1e-6, "{from:?} {direction}");
                assert!(Point::on_earth(to.lat, to.lon).is_some());
            }
        }
        assert!(point(45.0, 4.0).moved(10.0, 0.0).lat > 45.0);
    }

    #[test]
    fn what_is_not_on_earth_is_no_point() {
        assert_eq!(Point::on_earth(90.1, 0.0), None);
        assert_eq!(Point::on_earth(0.0, -180.5), None);
        assert_eq!(Point::on_earth(f64::NAN, 0.0), None);
    }
}
