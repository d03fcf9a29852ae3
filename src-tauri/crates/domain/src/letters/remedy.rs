//! What one can do against a decision.

/// A remedy, by the word that the letter uses for it: which one it is differs by law and Land.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Remedy {
    /// Einspruch (AO § 347).
    Einspruch,
    /// Widerspruch (VwGO § 69, SGG § 83).
    Widerspruch,
    /// Klage at a court at once (VwGO § 68 (1), SGG § 78).
    Lawsuit,
}

impl Remedy {
    /// Every remedy.
    const ALL: &[Self] = &[Self::Einspruch, Self::Widerspruch, Self::Lawsuit];

    /// The word of German law.
    pub fn word(self) -> &'static str {
        match self {
            Self::Einspruch => "Einspruch",
            Self::Widerspruch => "Widerspruch",
            Self::Lawsuit => "Klage",
        }
    }

    /// The remedy with that word; none for those of other countries.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|remedy| remedy.word().eq_ignore_ascii_case(word.trim()))
    }
}
