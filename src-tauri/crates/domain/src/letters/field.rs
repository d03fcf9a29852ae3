//! Fields a document can state, and the values they take.

use std::str::FromStr;

use chrono::{NaiveDate, NaiveDateTime};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{Currency, Iban};

/// The form of a field's value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Shape {
    /// Free text.
    Text,
    /// Calendar date.
    Date,
    /// Date and time of day, local.
    DateTime,
    /// Amount of money; the currency is a field of its own.
    Amount,
    /// Currency code.
    Currency,
    /// Bank account.
    Iban,
    /// Whole number.
    Integer,
    /// List of discount terms.
    Skonto,
    /// List of line items.
    Lines,
    /// Tax for each rate.
    Taxes,
    /// List of allowances and charges.
    Adjustments,
    /// List of instalments.
    Instalments,
}

macro_rules! fields {
    ($($(#[$doc:meta])* $name:ident = $id:literal $shape:ident),+ $(,)?) => {
        /// The name of something a document can say. Names and forms are those of the command line's output.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
        pub enum Field { $($(#[$doc])* #[serde(rename = $id)] $name),+ }

        impl Field {
            /// Every field.
            pub const ALL: &[Self] = &[$(Self::$name),+];

            /// The stable word.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$name => $id),+ }
            }

            /// The form of its value.
            pub fn shape(self) -> Shape {
                match self { $(Self::$name => Shape::$shape),+ }
            }
        }
    };
}

fields! {
    /// Number of the bill.
    InvoiceNumber = "invoice_number" Text,
    /// Date of the bill or letter.
    IssueDate = "issue_date" Date,
    /// Printed or counted day by which to pay.
    DueDate = "due_date" Date,
    /// Total with tax.
    TotalGross = "total_gross" Amount,
    /// What is still to pay.
    AmountDue = "amount_due" Amount,
    /// Total without tax.
    TotalNet = "total_net" Amount,
    /// Tax in all.
    TaxTotal = "tax_total" Amount,
    /// Already paid.
    Prepaid = "prepaid" Amount,
    /// Currency of the amounts.
    Currency = "currency" Currency,
    /// Who sends it.
    SellerName = "seller_name" Text,
    /// VAT id of the sender.
    SellerVatId = "seller_vat_id" Text,
    /// National tax number of the sender.
    SellerTaxNumber = "seller_tax_number" Text,
    /// Postal address of the sender.
    SellerAddress = "seller_address" Text,
    /// To whom it is addressed.
    BuyerName = "buyer_name" Text,
    /// Account to pay to.
    Iban = "iban" Iban,
    /// Bank of that account (ISO 9362).
    Bic = "bic" Text,
    /// Who gets the money, when not the sender.
    PayeeName = "payee_name" Text,
    /// Account that will be debited: the recipient's own.
    DebtorIban = "debtor_iban" Iban,
    /// SEPA creditor identifier.
    CreditorId = "creditor_id" Text,
    /// SEPA mandate.
    MandateReference = "mandate_reference" Text,
    /// What to write on the transfer.
    PaymentReference = "payment_reference" Text,
    /// UNTDID 4461 code: 30/58 transfer, 49/59 direct debit …
    PaymentMeansCode = "payment_means_code" Text,
    /// Terms as printed.
    PaymentTerms = "payment_terms" Text,
    /// Discounts for early payment.
    Skonto = "skonto" Skonto,
    /// The lines of the bill.
    LineItems = "line_items" Lines,
    /// The tax of each rate.
    TaxBreakdown = "tax_breakdown" Taxes,
    /// What is taken off or added to the whole bill, before tax.
    Adjustments = "adjustments" Adjustments,
    /// By which the sender knows the recipient.
    CustomerNumber = "customer_number" Text,
    /// Number of the contract.
    ContractNumber = "contract_number" Text,
    /// Number of the order.
    OrderNumber = "order_number" Text,
    /// Number of the bill this one is about.
    OriginalInvoiceNumber = "original_invoice_number" Text,
    /// Time for which is billed, as printed.
    ServicePeriod = "service_period" Text,
    /// Day on which the account is debited.
    DirectDebitDate = "direct_debit_date" Date,
    /// 1, 2, 3 (last).
    DunningLevel = "dunning_level" Integer,
    /// Extra fee of the dunning letter.
    DunningFee = "dunning_fee" Amount,
    /// When to be there.
    AppointmentStart = "appointment_start" DateTime,
    /// Where to be.
    AppointmentPlace = "appointment_place" Text,
    /// Last day of validity.
    ExpiryDate = "expiry_date" Date,
    /// First day of the contract.
    ContractStart = "contract_start" Date,
    /// Initial term in months.
    InitialTermMonths = "initial_term_months" Integer,
    /// Notice period as printed.
    NoticePeriod = "notice_period" Text,
    /// When it is due again.
    NextDueDate = "next_due_date" Date,
    /// Day of posting, or of the letter where no posting is stated.
    PostingOrLetterDate = "posting_or_letter_date" Date,
    /// Day of formal service, as written on the envelope.
    ServiceDate = "service_date" Date,
    /// What a court, an authority or an employer has done, by the word of the law: see [`LegalAct`](crate::LegalAct).
    LegalAct = "legal_act" Text,
    /// Time to answer as printed.
    ResponsePeriod = "response_period" Text,
    /// Time to withdraw from a contract as printed.
    WithdrawalPeriod = "withdrawal_period" Text,
    /// By how many months a contract renews itself.
    RenewalMonths = "renewal_months" Integer,
    /// What a contract costs each time.
    RecurringAmount = "recurring_amount" Amount,
    /// Day from which a change holds, such as a new price.
    EffectiveDate = "effective_date" Date,
    /// A payment in parts: each with its day and amount.
    Instalments = "instalments" Instalments,
    /// Day by which the letter wants an answer, papers, a registration.
    RespondBy = "respond_by" Date,
    /// Printed day by which a contract can be left.
    CancelBy = "cancel_by" Date,
    /// Last day on which a voucher or a credit can be used.
    RedeemBy = "redeem_by" Date,
    /// All appointments of a letter that has several, each as its day and time, the earliest first.
    Appointments = "appointments" Text,
    /// Day on which it was paid, as printed.
    PaidOn = "paid_on" Date,
    /// What one can do against a decision, by the word of the law: see [`Remedy`](crate::Remedy).
    Remedy = "remedy" Text,
    /// Day on which a contract was concluded, where a right to withdraw counts from it.
    ConcludedOn = "concluded_on" Date,
}

impl FromStr for Field {
    type Err = ValueError;
    fn from_str(id: &str) -> Result<Self, ValueError> {
        Self::ALL
            .iter()
            .copied()
            .find(|field| field.as_str() == id)
            .ok_or_else(|| ValueError(format!("“{id}” is not the name of a field")))
    }
}

/// A discount for paying early.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Skonto {
    /// Percent off.
    #[ts(type = "string")]
    pub percent: Decimal,
    /// Days from the bill's date.
    pub days: Option<u32>,
    /// Last day.
    pub date: Option<NaiveDate>,
    /// Amount it is counted from.
    #[ts(type = "string | null")]
    pub basis: Option<Decimal>,
}

/// A line of a bill.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct LineItem {
    /// What.
    pub description: String,
    /// How many.
    #[ts(type = "string | null")]
    pub quantity: Option<Decimal>,
    /// Unit, UN/ECE Rec 20 code or as printed.
    pub unit: Option<String>,
    /// Price of one, without tax.
    #[ts(type = "string | null")]
    pub unit_price: Option<Decimal>,
    /// Price of the line, without tax.
    #[ts(type = "string | null")]
    pub amount: Option<Decimal>,
}

/// The tax of one rate (EN 16931 BG-23).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TaxRate {
    /// UNTDID 5305 code: S standard, Z zero, E exempt, AE reverse charge …
    pub category: Option<String>,
    /// Percent.
    #[ts(type = "string | null")]
    pub percent: Option<Decimal>,
    /// Amount before tax.
    #[ts(type = "string | null")]
    pub base: Option<Decimal>,
    /// The tax.
    #[ts(type = "string | null")]
    pub tax: Option<Decimal>,
}

/// What is taken off or added to the whole bill (EN 16931 BG-20, BG-21).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Adjustment {
    /// Why, as given.
    pub reason: Option<String>,
    /// Below zero for an allowance, above for a charge; before tax.
    #[ts(type = "string")]
    pub amount: Decimal,
    /// Percent of a base, where it was counted so.
    #[ts(type = "string | null")]
    pub percent: Option<Decimal>,
}

/// One part of a payment in parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Instalment {
    /// The printed day by which to pay it.
    pub due: NaiveDate,
    /// How much.
    #[ts(type = "string")]
    pub amount: Decimal,
}

/// The value of a fact, by the shape of its field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Value {
    /// Free text.
    Text(String),
    /// Calendar date.
    Date(NaiveDate),
    /// Local date and time.
    DateTime(NaiveDateTime),
    /// Amount.
    Amount(#[ts(type = "string")] Decimal),
    /// Currency.
    Currency(Currency),
    /// Account.
    Iban(Iban),
    /// Whole number.
    Integer(i32),
    /// Discounts.
    Skonto(Vec<Skonto>),
    /// Lines.
    Lines(Vec<LineItem>),
    /// Taxes.
    Taxes(Vec<TaxRate>),
    /// Allowances and charges.
    Adjustments(Vec<Adjustment>),
    /// Instalments.
    Instalments(Vec<Instalment>),
}

/// Why a text is not a value of the field; the message is meant for the person who typed it.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("{0}")]
pub struct ValueError(pub String);

impl Value {
    /// Reads what a person or a script gives for `field`: dates ISO or `14.3.2026`, amounts with point or comma.
    ///
    /// # Errors
    /// If the text is empty, has another form than the field (a date, an amount, an IBAN …), or the field holds a
    /// list or a table, which cannot be typed.
    pub fn parse(field: Field, text: &str) -> Result<Self, ValueError> {
        let text = text.trim();
        if text.is_empty() {
            return Err(ValueError("Please enter a value.".to_owned()));
        }
        let wrong = |wanted: &str| ValueError(format!("“{text}” is not {wanted}."));
        Ok(match field.shape() {
            Shape::Text => Self::Text(text.to_owned()),
            Shape::Date => Self::Date(parse_date(text).ok_or_else(|| wrong("a date such as 14.03.2026"))?),
            Shape::DateTime => Self::DateTime(
                ["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M:%S", "%d.%m.%Y %H:%M"]
                    .iter()
                    .find_map(|form| NaiveDateTime::parse_from_str(text, form).ok())
                    .ok_or_else(|| wrong("a date and time such as 14.03.2026 09:30"))?,
            ),
            Shape::Amount => Self::Amount(parse_amount(text).ok_or_else(|| wrong("an amount such as 84,20"))?),
            Shape::Currency => Self::Currency(text.parse().map_err(|_| wrong("a currency such as EUR"))?),
            Shape::Iban => Self::Iban(Iban::parse(text).map_err(|e| ValueError(e.to_string()))?),
            Shape::Integer => Self::Integer(text.parse().map_err(|_| wrong("a whole number"))?),
            Shape::Skonto | Shape::Lines | Shape::Taxes | Shape::Adjustments | Shape::Instalments => {
                return Err(ValueError("This field cannot be typed in.".to_owned()));
            }
        })
    }

    /// The date, if it is one.
    pub fn date(&self) -> Option<NaiveDate> {
        match self {
            Self::Date(date) => Some(*date),
            Self::DateTime(at) => Some(at.date()),
            _ => None,
        }
    }

    /// The amount, if it is one.
    pub fn amount(&self) -> Option<Decimal> {
        if let Self::Amount(amount) = self { Some(*amount) } else { None }
    }

    /// One line of text: ISO dates, amounts with a point and two places, account numbers without spaces.
    pub fn plain(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Date(date) => date.to_string(),
            Self::DateTime(at) => at.format("%Y-%m-%dT%H:%M").to_string(),
            // Less than half a cent below nothing is nothing.
            Self::Amount(amount) => format!("{amount:.2}").replace("-0.00", "0.00"),
            Self::Currency(currency) => currency.to_string(),
            Self::Iban(iban) => iban.to_string(),
            Self::Integer(number) => number.to_string(),
            Self::Skonto(terms) => terms
                .iter()
                .map(|t| match (t.days, t.date) {
                    (_, Some(date)) => format!("{} % until {date}", t.percent.normalize()),
                    (Some(days), None) => format!("{} % within {days} days", t.percent.normalize()),
                    (None, None) => format!("{} %", t.percent.normalize()),
                })
                .collect::<Vec<_>>()
                .join("; "),
            Self::Lines(lines) => lines.iter().map(|l| l.description.as_str()).collect::<Vec<_>>().join("; "),
            Self::Taxes(taxes) => {
                let one = |t: &TaxRate| {
                    let rate = t.percent.map(|p| format!("{} %: ", p.normalize())).unwrap_or_default();
                    format!("{rate}{:.2}", t.tax.unwrap_or_default())
                };
                taxes.iter().map(one).collect::<Vec<_>>().join("; ")
            }
            Self::Adjustments(all) => {
                let one = |a: &Adjustment| match &a.reason {
                    Some(reason) => format!("{reason}: {:.2}", a.amount),
                    None => format!("{:.2}", a.amount),
                };
                all.iter().map(one).collect::<Vec<_>>().join("; ")
            }
            Self::Instalments(parts) => {
                parts.iter().map(|part| format!("{} {:.2}", part.due, part.amount)).collect::<Vec<_>>().join("; ")
            }
        }
    }
}

fn parse_date(text: &str) -> Option<NaiveDate> {
    let short_year = |date: NaiveDate| {
        use chrono::Datelike as _;
        if date.year() < 100 { date.with_year(date.year() + 2000) } else { Some(date) }
    };
    ["%Y-%m-%d", "%d.%m.%Y"].iter().find_map(|form| NaiveDate::parse_from_str(text, form).ok()).and_then(short_year)
}

/// The last of `,` and `.` is the decimal mark, unless there is only one sort of them and three digits follow. Before it stand
/// groups of three digits behind marks of the other sort: a day such as 14.03.2026 is no amount.
fn parse_amount(text: &str) -> Option<Decimal> {
    let text: String = text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '€' | '\'' | '’')).collect();
    let text = text.trim_end_matches("EUR").trim_start_matches("EUR");
    let mark = text.rfind([',', '.']);
    let plain = match mark {
        None => text.to_owned(),
        Some(at) => {
            let (whole, rest) = text.split_at(at);
            let rest = rest.get(1..)?;
            let whole_digits: String = whole.chars().filter(|c| !matches!(c, ',' | '.')).collect();
            let is_grouped = whole.split([',', '.']).skip(1).all(|group| group.len() == 3);
            let mark = text.get(at..=at)?;
            let other = if mark == "," { "." } else { "," };
            if !is_grouped {
                return None;
            } else if rest.len() == 3 && !whole.contains(other) && whole_digits.trim_start_matches('-') != "0" {
                format!("{whole_digits}{rest}")
            } else if whole.contains(mark) {
                return None;
            } else {
                format!("{whole_digits}.{}", rest.trim_end_matches('-'))
            }
        }
    };
    plain.trim_end_matches('.').parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(field: Field, text: &str, expected: &str) {
        assert_eq!(Value::parse(field, text).map(|v| v.plain()), Ok(expected.to_owned()), "{text}");
    }

    #[test]
    fn typed_values_are_read_in_german_and_iso_forms() {
        for (text, expected) in [
            ("84,20", "84.20"),
            ("84.2", "84.20"),
            ("1.234,56 €", "1234.56"),
            ("1,234.56", "1234.56"),
            ("1.234", "1234.00"),
            ("1.234.567", "1234567.00"),
            ("1.234.567,89", "1234567.89"),
            ("0.125", "0.12"),
            ("12,-", "12.00"),
            ("-3,50", "-3.50"),
            ("-0,00", "0.00"),
            ("EUR 7", "7.00"),
        ] {
            check(Field::AmountDue, text, expected);
        }
        check(Field::DueDate, "14.3.26", "2026-03-14");
        check(Field::DueDate, "2026-03-14", "2026-03-14");
        check(Field::AppointmentStart, "14.03.2026 09:30", "2026-03-14T09:30");
    }

    #[test]
    fn nonsense_is_answered_with_an_example() {
        let message = Value::parse(Field::DueDate, "soon").unwrap_err().to_string();
        assert_eq!(message, "“soon” is not a date such as 14.03.2026.");
        assert!(Value::parse(Field::Iban, "DE00").is_err());
        for amount in ["14.03.2026", "1.2.3", "1,234,56", "1.234,567.8", "12.34,56"] {
            assert!(Value::parse(Field::AmountDue, amount).is_err(), "{amount}");
        }
    }

    #[test]
    fn every_field_name_reads_back() {
        for field in Field::ALL {
            assert_eq!(field.as_str().parse::<Field>().as_ref(), Ok(field));
        }
    }
}
