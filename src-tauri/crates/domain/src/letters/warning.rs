//! What should make a person stop before paying.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::DocumentId;

/// A reason to look twice. Each stands in words beside the document and its task; none of them lets a payment code through.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case", tag = "warning")]
pub enum Warning {
    /// The account differs from all that are known for this sender: it may be a fraud.
    ChangedAccount,
    /// The account is in another country than the sender's VAT id.
    ForeignAccount,
    /// A claim for an old debt by somebody of whom nothing is known.
    UnknownClaim,
    /// What it asks for has been paid.
    AlreadyPaid {
        /// With this bill.
        by: DocumentId,
    },
    /// The same letter is here already.
    Repeats {
        /// This one.
        other: DocumentId,
    },
    /// It was credited or replaced.
    Corrected {
        /// By this letter.
        by: DocumentId,
    },
    /// The page and the data inside the file say different things.
    PageAndXmlDiffer,
    /// It looks like a bill but is an offer.
    LooksLikeABill,
}
