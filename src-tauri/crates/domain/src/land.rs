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
        pub enum Land { $($(#[$doc])* #[serde(rename = $code)] $name),+ }

        impl Land {
            /// Every Land.
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

impl Land {
    /// Is `day` a public holiday here? Known from 1995 on; always false for Austria and Switzerland.
    pub fn is_holiday(self, day: NaiveDate) -> bool {
        self.region().is_some_and(|region| day.is_public_holiday_in(region))
    }
}

impl FromStr for Land {
    type Err = UnknownLand;
    fn from_str(code: &str) -> Result<Self, UnknownLand> {
        Self::ALL.iter().copied().find(|land| land.code() == code).ok_or_else(|| UnknownLand(code.to_owned()))
    }
}

/// Not the letters of a Land.
#[derive(Debug, thiserror::Error)]
#[error("“{0}” is not a Land: use two letters such as NW, BY or BE")]
pub struct UnknownLand(String);
