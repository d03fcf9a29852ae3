//! The German Länder (and the neighbours whose letters arrive here), because public holidays differ.

use std::str::FromStr;

use chrono::NaiveDate;
use holiday_de::{DateExt as _, GermanRegion};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

macro_rules! lands {
    ($($(#[$doc:meta])* $name:ident = $code:literal $region:expr),+ $(,)?) => {
        /// Where the user lives, by the letters of ISO 3166-2:DE; AT and CH know only Sundays and national bank days.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
        pub enum Region { $($(#[$doc])* #[serde(rename = $code)] $name),+ }

        impl Region {
            /// Every Region.
            pub const ALL: &[Self] = &[$(Self::$name),+];

            /// The letters.
            pub fn code(self) -> &'static str {
                match self { $(Self::$name => $code),+ }
            }

            fn region(self) -> Option<GermanRegion> {
                match self { $(Self::$name => $region),+ }
            }
        }
    };
}

lands! {
    /// Baden-Württemberg.
    BadenWuerttemberg = "BW" Some(GermanRegion::BadenWuerttemberg),
    /// Bayern.
    Bayern = "BY" Some(GermanRegion::Bayern),
    /// Berlin.
    Berlin = "BE" Some(GermanRegion::Berlin),
    /// Brandenburg.
    Brandenburg = "BB" Some(GermanRegion::Brandenburg),
    /// Bremen.
    Bremen = "HB" Some(GermanRegion::Bremen),
    /// Hamburg.
    Hamburg = "HH" Some(GermanRegion::Hamburg),
    /// Hessen.
    Hessen = "HE" Some(GermanRegion::Hessen),
    /// Mecklenburg-Vorpommern.
    MecklenburgVorpommern = "MV" Some(GermanRegion::MechlenburgVorpommern),
    /// Niedersachsen.
    Niedersachsen = "NI" Some(GermanRegion::Niedersachsen),
    /// Nordrhein-Westfalen.
    NordrheinWestfalen = "NW" Some(GermanRegion::NordrheinWestfalen),
    /// Rheinland-Pfalz.
    RheinlandPfalz = "RP" Some(GermanRegion::RheinlandPfalz),
    /// Saarland.
    Saarland = "SL" Some(GermanRegion::Saarland),
    /// Sachsen.
    Sachsen = "SN" Some(GermanRegion::Sachsen),
    /// Sachsen-Anhalt.
    SachsenAnhalt = "ST" Some(GermanRegion::SachsenAnhalt),
    /// Schleswig-Holstein.
    SchleswigHolstein = "SH" Some(GermanRegion::SchleswigHolstein),
    /// Thüringen.
    Thueringen = "TH" Some(GermanRegion::Thueringen),
    /// Austria.
    Austria = "AT" None,
    /// Switzerland.
    Switzerland = "CH" None,
}

impl Region {
    /// Is `day` a public holiday here? Known from 1995 on; always false for Austria and Switzerland.
    pub fn is_holiday(self, day: NaiveDate) -> bool {
        self.region().is_some_and(|region| day.is_public_holiday_in(region))
    }
}

impl FromStr for Region {
    type Err = UnknownLand;
    fn from_str(code: &str) -> Result<Self, UnknownLand> {
        Self::ALL.iter().copied().find(|land| land.code() == code).ok_or_else(|| UnknownLand(code.to_owned()))
    }
}

/// Not the letters of a Region.
#[derive(Debug, thiserror::Error)]
#[error("“{0}” is not a Region: use two letters such as NW, BY or BE")]
pub struct UnknownLand(String);

#[cfg(test)]
mod tests {
    use super::*;

    /// The Länder in which a day is a public holiday.
    fn lands(day: &str) -> Vec<&'static str> {
        let day: NaiveDate = day.parse().unwrap();
        let mut codes: Vec<_> =
            Region::ALL.iter().filter(|land| land.is_holiday(day)).map(|land| land.code()).collect();
        codes.sort_unstable();
        codes
    }

    #[test]
    fn holidays_are_those_of_each_land_also_the_moving_ones() {
        let german = Region::ALL.len() - 2;
        // New Year, Good Friday, Easter Monday, Labour Day, Ascension, Whit Monday, Unity, Christmas.
        for day in [
            "2026-01-01",
            "2026-04-03",
            "2026-04-06",
            "2026-05-01",
            "2026-05-14",
            "2026-05-25",
            "2026-10-03",
            "2026-12-25",
            "2026-12-26",
            "2038-04-26",
        ] {
            assert_eq!(lands(day).len(), german, "{day}");
        }
        for (day, expected) in [
            ("2026-01-06", vec!["BW", "BY", "ST"]),
            ("2026-03-08", vec!["BE", "MV"]),
            ("2022-03-08", vec!["BE"]),
            ("2026-06-04", vec!["BW", "BY", "HE", "NW", "RP", "SL"]),
            ("2026-09-20", vec!["TH"]),
            ("2026-10-31", vec!["BB", "HB", "HH", "MV", "NI", "SH", "SN", "ST", "TH"]),
            ("2026-11-01", vec!["BW", "BY", "NW", "RP", "SL"]),
            // Repentance Day: the Wednesday before 23 November.
            ("2026-11-18", vec!["SN"]),
            ("2025-11-19", vec!["SN"]),
            ("2026-12-24", vec![]),
        ] {
            assert_eq!(lands(day), expected, "{day}");
        }
        // The Reformation's five hundredth year was one everywhere.
        assert_eq!(lands("2017-10-31").len(), german);
    }

    #[test]
    fn a_land_is_known_by_its_letters() {
        assert!(Region::ALL.iter().all(|land| land.code().parse::<Region>().ok() == Some(*land)));
        assert!("XX".parse::<Region>().is_err());
    }
}
