//! Where studies are done: large cities as they are, and towns made up around the middle of a country.

use super::chance::shuffled;

#[derive(Clone, Debug)]
pub(crate) struct Place {
    pub(crate) city: String,
    /// Empty outside the countries that write one.
    pub(crate) state: &'static str,
    pub(crate) country: &'static str,
    pub(crate) latitude: f64,
    pub(crate) longitude: f64,
}

/// City, state, country, latitude, longitude; those with most studies first.
type City = (&'static str, &'static str, &'static str, f64, f64);

const US: &str = "United States";

const CITIES: &[City] = &[
    ("New York", "New York", US, 40.71427, -74.00597),
    ("Boston", "Massachusetts", US, 42.35843, -71.05977),
    ("Houston", "Texas", US, 29.76328, -95.36327),
    ("Paris", "", "France", 48.85341, 2.3488),
    ("London", "", "United Kingdom", 51.50853, -0.12574),
    ("Cairo", "", "Egypt", 30.06263, 31.24967),
    ("Seoul", "", "South Korea", 37.566, 126.9784),
    ("Beijing", "Beijing Municipality", "China", 39.9075, 116.39723),
    ("Shanghai", "Shanghai Municipality", "China", 31.22222, 121.45806),
    ("Chicago", "Illinois", US, 41.85003, -87.65005),
    ("Madrid", "", "Spain", 40.4165, -3.70256),
    ("Barcelona", "", "Spain", 41.38879, 2.15899),
    ("Toronto", "Ontario", "Canada", 43.70643, -79.39864),
    ("Philadelphia", "Pennsylvania", US, 39.95238, -75.16362),
    ("Los Angeles", "California", US, 34.05223, -118.24368),
    ("Baltimore", "Maryland", US, 39.29038, -76.61219),
    ("Guangzhou", "Guangdong", "China", 23.11667, 113.25),
    ("Berlin", "", "Germany", 52.52437, 13.41053),
    ("Copenhagen", "", "Denmark", 55.67594, 12.56553),
    ("Montreal", "Quebec", "Canada", 45.50884, -73.58781),
    ("Rome", "", "Italy", 41.89193, 12.51133),
    ("Milan", "", "Italy", 45.46427, 9.18951),
    ("Taipei", "", "Taiwan", 25.05306, 121.52639),
    ("Atlanta", "Georgia", US, 33.749, -84.38798),
    ("San Francisco", "California", US, 37.77493, -122.41942),
    ("Seattle", "Washington", US, 47.60621, -122.33207),
    ("Durham", "North Carolina", US, 35.99403, -78.89862),
    ("Bethesda", "Maryland", US, 38.98067, -77.10026),
    ("Pittsburgh", "Pennsylvania", US, 40.44062, -79.99589),
    ("Cleveland", "Ohio", US, 41.4995, -81.69541),
    ("Rochester", "Minnesota", US, 44.02163, -92.4699),
    ("Istanbul", "", "Turkey (Türkiye)", 41.01384, 28.94966),
    ("Ankara", "", "Turkey (Türkiye)", 39.91987, 32.85427),
    ("Tel Aviv", "", "Israel", 32.08088, 34.78057),
    ("Vienna", "", "Austria", 48.20849, 16.37208),
    ("Munich", "", "Germany", 48.13743, 11.57549),
    ("Hamburg", "", "Germany", 53.55073, 9.99302),
    ("Lyon", "", "France", 45.74846, 4.84671),
    ("Marseille", "", "France", 43.29695, 5.38107),
    ("São Paulo", "", "Brazil", -23.5475, -46.63611),
    ("Rio de Janeiro", "", "Brazil", -22.90642, -43.18223),
    ("Buenos Aires", "", "Argentina", -34.61315, -58.37723),
    ("Mexico City", "", "Mexico", 19.42847, -99.12766),
    ("Bogotá", "", "Colombia", 4.60971, -74.08175),
    ("Santiago", "", "Chile", -33.45694, -70.64827),
    ("Lima", "", "Peru", -12.04318, -77.02824),
    ("Tokyo", "", "Japan", 35.6895, 139.69171),
    ("Osaka", "", "Japan", 34.69374, 135.50218),
    ("Bangkok", "", "Thailand", 13.75398, 100.50144),
    ("Hong Kong", "", "Hong Kong", 22.27832, 114.17469),
    ("Singapore", "", "Singapore", 1.28967, 103.85007),
    ("Sydney", "New South Wales", "Australia", -33.86785, 151.20732),
    ("Melbourne", "Victoria", "Australia", -37.814, 144.96332),
    ("Auckland", "", "New Zealand", -36.84853, 174.76349),
    ("Amsterdam", "", "Netherlands", 52.37403, 4.88969),
    ("Rotterdam", "", "Netherlands", 51.9225, 4.47917),
    ("Leuven", "", "Belgium", 50.87959, 4.70093),
    ("Brussels", "", "Belgium", 50.85045, 4.34878),
    ("Zurich", "", "Switzerland", 47.36667, 8.55),
    ("Geneva", "", "Switzerland", 46.20222, 6.14569),
    ("Stockholm", "", "Sweden", 59.32938, 18.06871),
    ("Gothenburg", "", "Sweden", 57.70716, 11.96679),
    ("Oslo", "", "Norway", 59.91273, 10.74609),
    ("Helsinki", "", "Finland", 60.16952, 24.93545),
    ("Warsaw", "", "Poland", 52.22977, 21.01178),
    ("Łódź", "", "Poland", 51.77058, 19.47395),
    ("Prague", "", "Czechia", 50.08804, 14.42076),
    ("Budapest", "", "Hungary", 47.49835, 19.04045),
    ("Athens", "", "Greece", 37.98376, 23.72784),
    ("Moscow", "", "Russia", 55.75222, 37.61556),
    ("Saint Petersburg", "", "Russia", 59.93863, 30.31413),
    ("Kyiv", "", "Ukraine", 50.45466, 30.5238),
    ("Sofia", "", "Bulgaria", 42.69751, 23.32415),
    ("Bucharest", "", "Romania", 44.43225, 26.10626),
    ("Lahore", "Punjab Province", "Pakistan", 31.558, 74.35071),
    ("Karachi", "Sindh", "Pakistan", 24.8608, 67.0104),
    ("New Delhi", "National Capital Territory of Delhi", "India", 28.63576, 77.22445),
    ("Mumbai", "Maharashtra", "India", 19.07283, 72.88261),
    ("Tehran", "", "Iran", 35.69439, 51.42151),
    ("Riyadh", "", "Saudi Arabia", 24.68773, 46.72185),
    ("Assiut", "", "Egypt", 27.18096, 31.18368),
    ("Johannesburg", "Gauteng", "South Africa", -26.20227, 28.04363),
    ("Cape Town", "Western Cape", "South Africa", -33.92584, 18.42322),
    ("Nairobi", "", "Kenya", -1.28333, 36.81667),
    ("Kampala", "", "Uganda", 0.31628, 32.58219),
    ("Dhaka", "", "Bangladesh", 23.7104, 90.40744),
    ("Hanoi", "", "Vietnam", 21.0245, 105.84117),
];

/// Countries in which towns lie, with how many parts in a thousand of them, and their middle.
const COUNTRIES: &[(&str, u32, f64, f64)] = &[
    (US, 390, 39.8, -96.9),
    ("France", 70, 46.6, 2.4),
    ("Germany", 62, 51.1, 10.4),
    ("China", 60, 33.9, 109.4),
    ("Spain", 38, 40.2, -3.6),
    ("Italy", 38, 42.8, 12.6),
    ("United Kingdom", 38, 53.0, -1.6),
    ("Japan", 36, 36.6, 138.5),
    ("Canada", 34, 47.0, -80.0),
    ("Poland", 20, 52.1, 19.3),
    ("South Korea", 14, 36.4, 127.9),
    ("Turkey (Türkiye)", 14, 39.1, 35.0),
    ("Egypt", 10, 27.0, 30.5),
    ("Brazil", 14, -14.2, -51.9),
    ("Belgium", 10, 50.6, 4.6),
    ("Netherlands", 10, 52.2, 5.5),
    ("Australia", 12, -31.0, 145.0),
    ("India", 14, 22.3, 79.3),
    ("Israel", 6, 31.4, 35.0),
    ("Russia", 12, 55.9, 45.0),
    ("Hungary", 9, 47.1, 19.4),
    ("Czechia", 9, 49.8, 15.5),
    ("Mexico", 8, 23.6, -102.4),
    ("Sweden", 6, 60.1, 15.2),
    ("Denmark", 5, 56.0, 10.0),
    ("Argentina", 6, -34.9, -64.9),
    ("Bulgaria", 6, 42.7, 25.2),
    ("Romania", 6, 45.9, 25.0),
    ("Ukraine", 6, 48.9, 31.4),
    ("Austria", 4, 47.6, 14.1),
    ("Switzerland", 4, 46.8, 8.2),
    ("Greece", 3, 39.1, 22.9),
    ("Norway", 3, 61.5, 8.8),
    ("Finland", 3, 63.2, 26.1),
    ("Portugal", 3, 39.6, -8.0),
    ("South Africa", 4, -29.0, 25.1),
    ("Thailand", 3, 15.1, 101.0),
    ("Pakistan", 4, 30.0, 69.4),
    ("Colombia", 2, 4.0, -73.0),
    ("Chile", 2, -35.8, -71.5),
    ("Malaysia", 2, 3.8, 102.0),
    ("Vietnam", 1, 16.6, 106.3),
    ("Serbia", 2, 44.2, 20.8),
    ("Slovakia", 2, 48.7, 19.5),
    ("Croatia", 1, 45.1, 16.4),
    ("Ireland", 1, 53.2, -8.1),
    ("Peru", 1, -9.2, -74.4),
    ("Philippines", 1, 12.9, 121.8),
    ("Bangladesh", 1, 23.8, 90.3),
    ("Kenya", 1, 0.5, 37.8),
    ("Nigeria", 1, 9.6, 8.1),
    ("Côte d'Ivoire", 1, 7.5, -5.5),
    ("Estonia", 1, 58.7, 25.5),
    ("Latvia", 1, 56.9, 24.9),
    ("Lithuania", 1, 55.3, 23.9),
    ("Georgia", 1, 42.2, 43.5),
    ("Tunisia", 1, 34.1, 9.6),
    ("Lebanon", 1, 33.9, 35.9),
    ("Uganda", 1, 1.3, 32.4),
    ("Tanzania", 1, -6.3, 34.8),
    ("Democratic Republic of the Congo", 1, -2.9, 23.7),
    ("Iceland", 1, 65.0, -18.6),
    ("Cuba", 1, 21.6, -79.0),
    ("Nepal", 1, 28.3, 83.9),
];

const STATES: &[&str] = &[
    "California",
    "Texas",
    "Florida",
    "New York",
    "Pennsylvania",
    "Illinois",
    "Ohio",
    "Georgia",
    "North Carolina",
    "Michigan",
    "New Jersey",
    "Virginia",
    "Washington",
    "Arizona",
    "Tennessee",
    "Indiana",
    "Missouri",
    "Maryland",
    "Wisconsin",
    "Colorado",
    "Minnesota",
    "Alabama",
];

const FIRSTS: &[&str] = &["", "San ", "Bad ", "New ", "Saint-", "North ", "Fort ", "Villa "];
const STARTS: &[&str] = &[
    "Ald", "Ash", "Bar", "Bel", "Berg", "Bur", "Cal", "Cast", "Clar", "Cor", "Dor", "Ell", "Fair",
    "Fer", "Gar", "Glen", "Gran", "Ham", "Hart", "Hol", "Kal", "Kirk", "Kos", "Lang", "Lin", "Lor",
    "Mal", "Mar", "Mill", "Mon", "Nor", "Oak", "Oster", "Pal", "Per", "Rav", "Rich", "Ros", "Sal",
    "Sher", "Sol", "Spring", "Stan", "Tar", "Tor", "Val", "Ver", "Wal", "West", "Win",
];
const MIDDLES: &[&str] = &[
    "", "a", "e", "en", "er", "i", "ing", "o", "on", "ow", "ac", "al", "an", "ar", "el", "em",
    "es", "id", "il", "in",
];
const ENDS: &[&str] = &[
    "bach", "beck", "berg", "borg", "bridge", "brook", "burg", "bury", "by", "caster", "dale",
    "feld", "field", "ford", "grad", "ham", "hausen", "haven", "heim", "hill", "hurst", "ia",
    "land", "ley", "mar", "mont", "mouth", "nice", "ona", "ora", "pur", "rad", "shire", "side",
    "stadt", "stead", "stein", "ster", "ton", "town", "una", "vale", "via", "vík", "ville", "ware",
    "wick", "wood", "worth", "zia",
];

/// The place that has number `value`.
pub(crate) fn place(value: u32) -> Place {
    if let Some(&(city, state, country, latitude, longitude)) = CITIES.get(value as usize) {
        return Place { city: city.to_owned(), state, country, latitude, longitude };
    }
    let combinations = (FIRSTS.len() * STARTS.len() * MIDDLES.len() * ENDS.len()) as u32;
    let mut digits = shuffled(value % combinations, combinations);
    let mut part = |of: &[&'static str]| {
        let part = of[digits as usize % of.len()];
        digits /= of.len() as u32;
        part
    };
    let (end, middle, start, first) = (part(ENDS), part(MIDDLES), part(STARTS), part(FIRSTS));
    let mut left = shuffled(value, 1_000_003) % 1000;
    let (country, _, latitude, longitude) = *COUNTRIES
        .iter()
        .find(|(_, parts, ..)| {
            let here = left < *parts;
            left = left.saturating_sub(*parts);
            here
        })
        .unwrap_or(&COUNTRIES[0]);
    let state = if country == US { STATES[value as usize % STATES.len()] } else { "" };
    // Towns of a country lie within a few degrees around its middle.
    let offset = |step: u32| {
        f64::from(shuffled(value % 400_009, 400_009).wrapping_mul(step) % 400_000) / 1e5 - 2.0
    };
    Place {
        city: [first, start, middle, end].concat(),
        state,
        country,
        latitude: latitude + offset(7),
        longitude: longitude + offset(11),
    }
}
