//! In which Land a German postcode lies.

use crate::Region::{self, *};

/// First and last postcode of ranges that lie in one Land. Postcodes follow the ways of the post and not the borders: the ranges
/// that cross one are left out, and so is every place of which this is not certain.
const RANGES: &[(u32, u32, Region)] = &[
    (1001, 1936, Sachsen),
    (2601, 2999, Sachsen),
    (3001, 3253, Brandenburg),
    (4001, 4579, Sachsen),
    (4600, 4639, Thueringen),
    (4641, 4889, Sachsen),
    (6001, 6548, SachsenAnhalt),
    (6601, 6928, SachsenAnhalt),
    (7301, 7907, Thueringen),
    (8001, 9669, Sachsen),
    (10001, 14199, Berlin),
    (14401, 14712, Brandenburg),
    (14723, 16949, Brandenburg),
    (17001, 17256, MecklenburgVorpommern),
    (17261, 17291, Brandenburg),
    (17337, 19260, MecklenburgVorpommern),
    (20001, 21037, Hamburg),
    (21202, 21449, Niedersachsen),
    (21601, 21789, Niedersachsen),
    (22001, 22111, Hamburg),
    (22147, 22769, Hamburg),
    (22801, 23919, SchleswigHolstein),
    (23921, 23999, MecklenburgVorpommern),
    (24001, 25999, SchleswigHolstein),
    (26001, 27478, Niedersachsen),
    (27501, 27580, Bremen),
    (27601, 27809, Niedersachsen),
    (28001, 28779, Bremen),
    (28790, 29399, Niedersachsen),
    (29401, 29416, SachsenAnhalt),
    (29431, 31868, Niedersachsen),
    (32001, 33829, NordrheinWestfalen),
    (34401, 34439, NordrheinWestfalen),
    (34441, 36399, Hessen),
    (36401, 36469, Thueringen),
    (37001, 37186, Niedersachsen),
    (37201, 37299, Hessen),
    (37301, 37359, Thueringen),
    (37401, 37647, Niedersachsen),
    (37697, 38479, Niedersachsen),
    (38501, 38729, Niedersachsen),
    (38801, 39649, SachsenAnhalt),
    (40001, 48432, NordrheinWestfalen),
    (48541, 48739, NordrheinWestfalen),
    (49001, 49459, Niedersachsen),
    (49551, 49849, Niedersachsen),
    (50101, 51597, NordrheinWestfalen),
    (51601, 53359, NordrheinWestfalen),
    (53621, 53949, NordrheinWestfalen),
    (54181, 55239, RheinlandPfalz),
    (55253, 56869, RheinlandPfalz),
    (57001, 57489, NordrheinWestfalen),
    (57501, 57648, RheinlandPfalz),
    (58001, 59966, NordrheinWestfalen),
    (60001, 63699, Hessen),
    (63701, 63774, Bayern),
    (64201, 64753, Hessen),
    (64759, 65325, Hessen),
    (65701, 65936, Hessen),
    (66001, 66459, Saarland),
    (66511, 66839, Saarland),
    (66841, 67829, RheinlandPfalz),
    (68001, 68312, BadenWuerttemberg),
    (70001, 74592, BadenWuerttemberg),
    (74595, 76709, BadenWuerttemberg),
    (76711, 76891, RheinlandPfalz),
    (77601, 79879, BadenWuerttemberg),
    (80001, 87490, Bayern),
    (87571, 87789, Bayern),
    (88181, 89079, BadenWuerttemberg),
    (89201, 89449, Bayern),
    (89501, 89619, BadenWuerttemberg),
    (90001, 96489, Bayern),
    (96501, 96529, Thueringen),
    (97001, 97859, Bayern),
    (97901, 97999, BadenWuerttemberg),
    (98501, 99998, Thueringen),
];

impl Region {
    /// The Land that a German postcode of five digits lies in; none where that is not certain.
    pub fn of_postcode(code: &str) -> Option<Self> {
        let number: u32 = code.parse().ok().filter(|_| code.len() == 5)?;
        let range = RANGES.iter().find(|(first, last, _)| (*first..=*last).contains(&number))?;
        Some(range.2)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_postcode_tells_the_land_where_that_is_certain() {
        for (code, land) in [
            ("01067", Some(Sachsen)),
            ("10117", Some(Berlin)),
            ("14467", Some(Brandenburg)),
            ("18055", Some(MecklenburgVorpommern)),
            ("20095", Some(Hamburg)),
            ("24103", Some(SchleswigHolstein)),
            ("28195", Some(Bremen)),
            ("30159", Some(Niedersachsen)),
            ("39104", Some(SachsenAnhalt)),
            ("50667", Some(NordrheinWestfalen)),
            ("55116", Some(RheinlandPfalz)),
            ("60311", Some(Hessen)),
            ("66111", Some(Saarland)),
            ("70173", Some(BadenWuerttemberg)),
            ("80331", Some(Bayern)),
            ("99084", Some(Thueringen)),
            // Across a border, in Austria, no postcode.
            ("22113", None),
            ("87567", None),
            ("1010", None),
            ("abcde", None),
        ] {
            assert_eq!(Region::of_postcode(code), land, "{code}");
        }
    }

    #[test]
    fn ranges_are_in_order_and_do_not_overlap() {
        assert!(RANGES.windows(2).all(|pair| pair[0].0 <= pair[0].1 && pair[0].1 < pair[1].0));
    }
}
