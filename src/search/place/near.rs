//! What stands behind `near:`: a place, and how far away a site may be. It does not know where places are.

use std::fmt;
use std::str::FromStr;

use crate::study::Point;
use crate::text;

/// A site near a place is asked for.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Near {
    pub place: Where,
    /// `None` is [`Distance::USUAL`].
    pub within: Option<Distance>,
}

/// A place, as it is asked for.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Where {
    /// By name: `Portland, Maine`.
    Named(String),
    At(Coordinates),
    /// `none`: no site states where on Earth it is.
    NotStated,
}

/// A point on Earth as it was typed, in hundred-thousandths of a degree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Coordinates {
    lat: i32,
    lon: i32,
}

/// How far.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Distance {
    hundredths: u32,
    unit: Unit,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Unit {
    Kilometres,
    Miles,
}

/// Half the way round the Earth, in kilometres: nothing is farther away.
const FARTHEST: f64 = 20_040.0;

const MILE: f64 = 1.609_344;

/// The parts of a degree that are told apart.
const FRACTION: f64 = 1e5;

impl Distance {
    /// What is meant where nothing is said.
    pub const USUAL: Self = Self { hundredths: 5000, unit: Unit::Kilometres };

    pub fn kilometres(self) -> f64 {
        let amount = f64::from(self.hundredths) / 100.0;
        match self.unit {
            Unit::Kilometres => amount,
            Unit::Miles => amount * MILE,
        }
    }

    /// Some kilometres in the same unit, in words: `12 km`.
    pub fn in_unit(self, kilometres: f64) -> String {
        let (amount, unit) = match self.unit {
            Unit::Kilometres => (kilometres, "km"),
            Unit::Miles => (kilometres / MILE, "mi"),
        };
        if amount < 9.95 { format!("{amount:.1} {unit}") } else { format!("{amount:.0} {unit}") }
    }

    /// Reads `50km`, `7.5 mi`.
    pub fn read(typed: &str) -> Result<Self, String> {
        let lower = typed.trim().to_lowercase();
        let wrong =
            || format!("a distance is a number with km or mi, such as 50km; “{typed}” is none");
        let end = lower.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(lower.len());
        let amount: f64 = lower[..end].parse().map_err(|_| wrong())?;
        let unit = match lower[end..].trim() {
            "km" | "kms" | "kilometre" | "kilometres" | "kilometer" | "kilometers" => {
                Unit::Kilometres
            }
            "mi" | "mile" | "miles" => Unit::Miles,
            _ => return Err(wrong()),
        };
        #[expect(clippy::cast_sign_loss, reason = "only digits and a full stop were read")]
        let hundredths = (amount * 100.0).round().min(1e8) as u32;
        let distance = Self { hundredths, unit };
        if distance.hundredths == 0 || distance.kilometres() > FARTHEST {
            return Err(format!("a distance is more than 0 and at most 20000km; “{typed}” is not"));
        }
        Ok(distance)
    }
}

impl Coordinates {
    /// Reads `48.85,2.35`; `None` for what is no pair of numbers.
    fn read(typed: &str) -> Option<Result<Self, String>> {
        let (lat, lon) = typed.split_once([',', ';'])?;
        let [lat, lon]: [f64; 2] = [lat.trim().parse().ok()?, lon.trim().parse().ok()?];
        let fixed = |degrees: f64| (degrees * FRACTION).round() as i32;
        let on_earth = Point::on_earth(lat, lon).map(|_| Self { lat: fixed(lat), lon: fixed(lon) });
        Some(on_earth.ok_or_else(|| {
            format!("“{typed}” is not on Earth: a latitude is from -90 to 90, a longitude from -180 to 180")
        }))
    }

    pub fn point(self) -> Point {
        let [lat, lon] = [self.lat, self.lon].map(|fixed| f64::from(fixed) / FRACTION);
        Point { lat, lon }
    }
}

impl Near {
    /// How far away a site may be.
    pub fn distance(&self) -> Distance {
        self.within.unwrap_or(Distance::USUAL)
    }

    /// Reads what stands behind the colon: a name or coordinates, and behind `~` how far.
    pub fn read(place: &str, within: Option<&str>) -> Result<Self, String> {
        let within = within.map(Distance::read).transpose()?;
        let place = match Coordinates::read(place) {
            Some(coordinates) => Where::At(coordinates?),
            None if place.eq_ignore_ascii_case("none") => Where::NotStated,
            None if text::words(&text::fold(place)).next().is_none() => {
                return Err(format!("“{place}” names no place"));
            }
            None => Where::Named(place.to_owned()),
        };
        match (&place, within) {
            (Where::NotStated, Some(_)) => Err("near:none has no distance".to_owned()),
            _ => Ok(Self { place, within }),
        }
    }
}

impl FromStr for Near {
    type Err = String;

    /// Reads `Lyon`, `New York~30mi`, `48.85,2.35~100km`.
    fn from_str(text: &str) -> Result<Self, String> {
        match text.split_once('~') {
            Some((place, within)) => Self::read(place.trim(), Some(within)),
            None => Self::read(text.trim(), None),
        }
    }
}

impl fmt::Display for Distance {
    /// `50km`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let unit = match self.unit {
            Unit::Kilometres => "km",
            Unit::Miles => "mi",
        };
        write!(f, "{}{unit}", f64::from(self.hundredths) / 100.0)
    }
}

impl fmt::Display for Coordinates {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Point { lat, lon } = self.point();
        write!(f, "{lat},{lon}")
    }
}

impl fmt::Display for Near {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.place {
            Where::Named(name) => write!(f, "near:{}", quoted(name))?,
            Where::At(coordinates) => write!(f, "near:{coordinates}")?,
            Where::NotStated => f.write_str("near:none")?,
        }
        self.within.map_or(Ok(()), |within| write!(f, "~{within}"))
    }
}

/// A name as it has to be typed: in quotes where it is more than one word.
pub(in crate::search) fn quoted(name: &str) -> String {
    let is_word = |c: char| c.is_alphanumeric() || "-'.,".contains(c);
    if name.chars().all(is_word) && name.starts_with(char::is_alphabetic) {
        name.to_owned()
    } else {
        format!("\"{}\"", name.replace('\\', r"\\").replace('"', r#"\""#))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_are_read_and_said() {
        for (typed, said, kilometres) in [
            ("50km", "50km", 50.0),
            ("30mi", "30mi", 48.28),
            ("7.5 KM", "7.5km", 7.5),
            ("1 mile", "1mi", 1.61),
            ("0.01km", "0.01km", 0.01),
            ("20000km", "20000km", 20_000.0),
        ] {
            let distance = Distance::read(typed).unwrap();
            assert_eq!(distance.to_string(), said);
            assert!((distance.kilometres() - kilometres).abs() < 0.01, "{typed}");
            assert_eq!(Distance::read(said), Ok(distance));
        }
        for typed in [
            "", "50", "km", "-5km", "0km", "0.001km", "1e3km", "5..0km", "50 m", "21000km",
            "50kmh", "NaNkm",
        ] {
            assert!(Distance::read(typed).is_err(), "{typed}");
        }
        assert_eq!(Distance::read("30mi").unwrap().in_unit(48.28), "30 mi");
        assert_eq!(Distance::USUAL.in_unit(3.07), "3.1 km");
    }

    #[test]
    fn places_are_read_and_said() {
        for (place, within, said) in [
            ("Lyon", None, "near:Lyon"),
            ("new york", Some("50km"), "near:\"new york\"~50km"),
            ("Portland, Maine", None, "near:\"Portland, Maine\""),
            ("48.85,2.35", Some("100km"), "near:48.85,2.35~100km"),
            ("-33.865143 , 151.2", None, "near:-33.86514,151.2"),
            ("90,180", None, "near:90,180"),
            ("none", None, "near:none"),
            ("\"x\" \\ ~", None, r#"near:"\"x\" \\ ~""#),
            ("10,9,8", None, "near:\"10,9,8\""),
        ] {
            let near = Near::read(place, within).unwrap();
            assert_eq!(near.to_string(), said);
        }
        for (place, within) in [
            ("91,0", None),
            ("0,180.1", None),
            ("&", None),
            ("Lyon", Some("50")),
            ("none", Some("5km")),
        ] {
            assert!(Near::read(place, within).is_err(), "{place}");
        }
    }
}
