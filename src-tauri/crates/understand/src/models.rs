//! The learned models that come with the program; `make train` writes them, `models/CARD.md` says from what.

use std::sync::LazyLock;

use crate::linear::Linear;

/// What was learned from letters.
#[derive(Clone, Debug, Default)]
pub struct Models {
    /// What a letter is.
    pub kinds: Linear,
    /// What its days and amounts are for.
    pub roles: Linear,
    /// Which day and which amount are one payment.
    pub pairs: Linear,
    /// Which of its values are certain.
    pub certain: Linear,
}

static BUILT_IN: LazyLock<Models> = LazyLock::new(|| {
    let model = |text| Linear::parse(text).unwrap_or_default();
    Models {
        kinds: model(include_str!("../models/kinds.txt")),
        roles: model(include_str!("../models/roles.txt")),
        pairs: model(include_str!("../models/pairs.txt")),
        certain: model(include_str!("../models/certain.txt")),
    }
});

impl Models {
    /// Those that come with the program.
    pub fn built_in() -> &'static Self {
        &BUILT_IN
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_models_that_come_with_the_program_can_be_read() {
        let texts = [
            include_str!("../models/kinds.txt"),
            include_str!("../models/roles.txt"),
            include_str!("../models/pairs.txt"),
            include_str!("../models/certain.txt"),
        ];
        for text in texts {
            assert!(Linear::parse(text).is_ok_and(|model| !model.is_empty()));
        }
        // What comes with the program stays small.
        let bytes: usize = texts.iter().map(|text| text.len()).sum();
        assert!(bytes < 3_000_000, "the models have {bytes} bytes together");
    }
}
