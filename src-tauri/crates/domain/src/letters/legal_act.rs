//! What a court, an authority or an employer has done with a letter: it decides which time runs.

/// An act with a time to answer of its own, by the word that the letter uses for itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LegalAct {
    /// Mahnbescheid (ZPO § 692).
    PaymentOrder,
    /// Vollstreckungsbescheid (ZPO § 699).
    EnforcementOrder,
    /// Bußgeldbescheid (OWiG § 65).
    Fine,
    /// Verwarnung with a small fine that one may accept by paying (OWiG § 56).
    Warning,
    /// Anhörung: a chance to be heard before anything is decided (OWiG § 55, VwVfG § 28).
    Hearing,
    /// Kündigung of an employment (KSchG § 4).
    Dismissal,
    /// Ladung: somebody has to appear, as a witness or a party (ZPO § 377).
    Summons,
    /// Einstellung: proceedings are dropped, and nothing is asked any more (OWiG §§ 46, 47; StPO § 170).
    Discontinuation,
    /// Nachlass: a court tells an heir, who may disclaim (BGB § 1944, ZGB art. 567).
    Inheritance,
    /// Bescheid: a decision that can be objected to (VwVfG § 35, SGB X § 31); other letters of authorities only inform.
    Decision,
}

impl LegalAct {
    /// Every act; where a letter names two, the first here counts.
    pub const ALL: &[Self] = &[
        Self::EnforcementOrder,
        Self::PaymentOrder,
        Self::Fine,
        Self::Warning,
        Self::Hearing,
        Self::Dismissal,
        Self::Summons,
        Self::Discontinuation,
        Self::Inheritance,
        Self::Decision,
    ];

    /// The word of German law.
    pub fn word(self) -> &'static str {
        match self {
            Self::PaymentOrder => "Mahnbescheid",
            Self::EnforcementOrder => "Vollstreckungsbescheid",
            Self::Fine => "Bußgeldbescheid",
            Self::Warning => "Verwarnung",
            Self::Hearing => "Anhörung",
            Self::Dismissal => "Kündigung des Arbeitsverhältnisses",
            Self::Summons => "Ladung",
            Self::Discontinuation => "Einstellung des Verfahrens",
            Self::Inheritance => "Anfall einer Erbschaft",
            Self::Decision => "Bescheid",
        }
    }

    /// The act with that word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|act| act.word().eq_ignore_ascii_case(word.trim()))
    }
}
