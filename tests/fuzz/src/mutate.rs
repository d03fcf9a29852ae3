//! Changes inputs by chance that is the same in every run.

/// Numbers at which programs stumble.
const NUMBERS: [&str; 12] =
    ["0", "-1", "1", "99", "256", "65536", "2147483648", "4294967296", "9223372036854775808", "1e999", "0.00", "NaN"];
/// Letters at which programs stumble.
const LETTERS: [&str; 16] = [
    "\0", "\n", "\r\n", "\u{feff}", "\u{202e}", "ß", "İ", "e\u{301}", "😀", "\u{a0}", "\"", "\\", "%", "'", "<", "../",
];
/// No input becomes longer.
const LONGEST: usize = 1 << 20;

/// Makes inputs out of inputs.
pub struct Mutator {
    state: u64,
    words: &'static [&'static str],
}

impl Mutator {
    /// Chance that begins with a number; words are those of a target.
    pub fn new(seed: u64, words: &'static [&'static str]) -> Self {
        Self { state: seed ^ 0x9E37_79B9_7F4A_7C15, words }
    }

    /// A number below `end` (xorshift64*, Vigna 2014).
    fn below(&mut self, end: usize) -> usize {
        self.state ^= self.state >> 12;
        self.state ^= self.state << 25;
        self.state ^= self.state >> 27;
        (self.state.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) as usize % end.max(1)
    }

    /// One of the inputs with one to eight changes.
    pub fn make(&mut self, inputs: &[Vec<u8>]) -> Vec<u8> {
        let mut bytes = inputs[self.below(inputs.len())].clone();
        for _ in 0..=self.below(8) {
            self.change(&mut bytes, inputs);
        }
        bytes.truncate(LONGEST);
        bytes
    }

    fn change(&mut self, bytes: &mut Vec<u8>, inputs: &[Vec<u8>]) {
        let at = self.below(bytes.len() + 1);
        let until = (at + 1 + self.below(32)).min(bytes.len()).max(at);
        match self.below(9) {
            0 if at < bytes.len() => bytes[at] ^= 1 << self.below(8),
            1 if at < bytes.len() => bytes[at] = self.below(256) as u8,
            2 => drop(bytes.drain(at..until)),
            3 => {
                let part = bytes[at..until].to_vec();
                let times = 1 + self.below(64);
                self.put(bytes, &part.repeat(times));
            }
            4 => {
                let number = NUMBERS[self.below(NUMBERS.len())];
                bytes.splice(at..until, number.bytes());
            }
            5 => {
                let letter = LETTERS[self.below(LETTERS.len())];
                self.put(bytes, letter.as_bytes());
            }
            6 if !self.words.is_empty() => {
                let word = self.words[self.below(self.words.len())];
                self.put(bytes, word.as_bytes());
            }
            7 => {
                let other = &inputs[self.below(inputs.len())];
                let from = self.below(other.len() + 1);
                let part = &other[from..(from + self.below(200)).min(other.len())];
                self.put(bytes, part);
            }
            _ => bytes.truncate(at),
        }
    }

    fn put(&mut self, bytes: &mut Vec<u8>, part: &[u8]) {
        let at = self.below(bytes.len() + 1);
        bytes.splice(at..at, part.iter().copied());
    }
}
