//! `checksums.txt` of a release: what each contract's bytes must be, from which source, and who built them.

/// What the line of the source begins with.
const SOURCE: &str = "# source: ";

/// A line of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checksum {
    /// SHA-256, lower case hex.
    pub hash: String,
    /// The file.
    pub file: String,
    /// Compiler and tools, as written.
    pub builder: String,
}

/// All lines.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Checksums {
    /// In their order.
    pub lines: Vec<Checksum>,
    /// The commit of the source, where it is told.
    pub source: Option<String>,
}

impl Checksums {
    /// Reads a list; None where a line is something else, or there is no line.
    pub fn parse(text: &str) -> Option<Self> {
        let line = |line: &str| {
            let (hash, rest) = line.split_once("  ")?;
            let (name, builder) = rest.split_once("  ").unwrap_or((rest, ""));
            let is_hash = hash.len() == 64 && hash.bytes().all(|byte| byte.is_ascii_hexdigit());
            is_hash.then(|| Checksum {
                hash: hash.to_lowercase(),
                file: name.trim().to_string(),
                builder: builder.trim().to_string(),
            })
        };
        let lines = text
            .lines()
            .filter(|text| !text.trim().is_empty() && !text.starts_with('#'));
        let lines: Vec<Checksum> = lines.map(line).collect::<Option<_>>()?;
        let source = text.lines().find_map(|text| text.strip_prefix(SOURCE));
        // a list of nothing would tell nothing of any code
        (!lines.is_empty()).then(|| Self {
            lines,
            source: source
                .map(|source| source.trim().to_string())
                .filter(|source| !source.is_empty()),
        })
    }

    /// The line of a file, the first.
    pub fn of(&self, file: &str) -> Option<&Checksum> {
        self.lines.iter().find(|line| line.file == file)
    }

    /// Whether a line of a file has this hash: the first is this release's, others those of earlier ones.
    pub fn is_ever(&self, file: &str, hash: &str) -> bool {
        let mut lines = self.lines.iter();
        lines.any(|line| line.file == file && line.hash == hash)
    }

    /// The line with this hash.
    pub fn with_hash(&self, hash: &str) -> Option<&Checksum> {
        self.lines.iter().find(|line| line.hash == hash)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lesson_27_a_list_tells_source_and_builder() {
        let hash = "Ab".repeat(32);
        let text = format!(
            "# source: 0123abcd+changes\n\n{hash}  vault.wasm  rustc 1.81.0, binaryen 132.0.0\n{hash}  bare.wasm\n"
        );
        let list = Checksums::parse(&text).unwrap();
        assert_eq!(list.source.as_deref(), Some("0123abcd+changes"));
        let line = list.of("vault.wasm").unwrap();
        assert_eq!(line.hash, "ab".repeat(32));
        assert_eq!(line.builder, "rustc 1.81.0, binaryen 132.0.0");
        assert_eq!(list.of("bare.wasm").unwrap().builder, "");
        assert_eq!(list.with_hash("cd"), None);
        let untold = format!("# a remark\n{hash}  vault.wasm\n");
        assert_eq!(Checksums::parse(&untold).unwrap().source, None);
        for text in [
            "",
            "# a remark\n",
            "vault.wasm\n",
            "abcd  vault.wasm\n",
            "<html>\n",
        ] {
            assert_eq!(Checksums::parse(text), None, "{text}");
        }
    }
}
