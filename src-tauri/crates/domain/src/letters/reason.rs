//! Why a kind or a value was taken, as data: the interface has the texts in both languages, scripts get the English line.

use std::fmt;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

macro_rules! reasons {
    ($($(#[$doc:meta])* $variant:ident = $english:literal),+ $(,)?) => {
        /// What was seen on the letter. `{}` in the English text stands for the words of the letter.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
        #[serde(rename_all = "snake_case")]
        pub enum Seen { $($(#[$doc])* $variant),+ }

        impl Seen {
            fn english(self) -> &'static str {
                match self { $(Self::$variant => $english),+ }
            }
        }
    };
}

reasons! {
    /// Words in the title.
    InTitle = "“{}” in the title",
    /// Words in the first sentence.
    InFirstSentence = "“{}” in the first sentence",
    /// A word anywhere.
    Word = "the word “{}”",
    /// Words that name a kind.
    KindWords = "words that name a kind: {}",
    /// A salutation.
    Salutation = "there is a salutation",
    /// A payment code.
    PaymentCode = "there is a payment code",
    /// How many rows there are.
    Rows = "the number of rows",
    /// How many days there are.
    Days = "the number of days",
    /// How many amounts there are.
    Sums = "the number of amounts",
    /// An account.
    Account = "an account is printed",
    /// "Du".
    Informal = "the reader is addressed informally",
    /// A paragraph of a law.
    Law = "the law is quoted",
    /// How to object.
    Remedy = "a legal remedy is named",
    /// Something was not paid.
    Overdue = "it says that something was not paid",
    /// Which rules found it.
    Rules = "found by the rules for {}",
    /// Check digits.
    CheckDigits = "its check digits are right",
    /// Sums.
    SumsAgree = "the sums agree",
    /// The payment code.
    CodeAgrees = "the payment code agrees",
    /// The payment code, or the page where the code was taken.
    CodeDiffers = "the payment code and the page differ: elsewhere it says {}",
    /// Several places.
    SourcesAgree = "several places agree",
    /// A label.
    Labelled = "it stands beside a word for it",
    /// How many proofs there are.
    Proofs = "{} proofs",
    /// The rules alone prove it.
    Proven = "the rules prove it",
    /// How clear its label is.
    Label = "how clear its label is",
    /// How near other values come.
    Rivals = "how near other values come",
    /// What its sentence says.
    Sentence = "what its sentence says",
    /// The same value was found for another field.
    AlsoField = "it is the value of {} as well",
    /// The kind of the letter.
    KindOfLetter = "the kind of the letter",
    /// Another field was found as well.
    HasField = "there is {} as well",
    /// It was worked out.
    WorkedOut = "it was worked out",
    /// It was recognised from a picture.
    FromPicture = "it was recognised from a picture",
    /// It is in a code.
    InCode = "it is in a code",
    /// Words before it.
    Before = "“{}” before it",
    /// Words behind it.
    Behind = "“{}” behind it",
    /// Words to the left of it.
    Left = "“{}” to the left of it",
    /// What stands to the left of it.
    LeftOfIt = "what stands to the left of it",
    /// Words in it.
    Inside = "“{}” in it",
    /// The name of an organisation.
    Organisation = "it is the name of an organisation",
    /// The salutation names it.
    Greeted = "the salutation names it",
    /// A line of the address.
    InAddress = "it stands in the address",
    /// How far it is from the day of the letter.
    Distance = "how far it is from the day of the letter",
    /// Its place among the days.
    AmongDays = "its place among the days of the letter",
    /// Its place among the amounts.
    AmongAmounts = "its place among the amounts of the letter",
    /// A minus.
    Minus = "it has a minus",
    /// Its place on the page.
    OnPage = "its place on the page",
}

/// What speaks for a kind or a value, or against it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Reason {
    /// For it; else against it.
    pub speaks_for: bool,
    /// What was seen.
    pub seen: Seen,
    /// The words of the letter, or the stable word of a field, if that is about one.
    pub words: Option<String>,
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.speaks_for { '+' } else { '-' };
        let words = self.words.as_deref().unwrap_or_default();
        write!(f, "{sign} {}", self.seen.english().replace("{}", &words.replace('_', " ")))
    }
}
