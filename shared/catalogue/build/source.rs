//! The files of the catalogue as they lie on disk.

use std::collections::BTreeMap;
use std::path::Path;
use std::{fs, io};

/// The folders that hold data.
pub(crate) const FOLDERS: [&str; 8] = [
    "items",
    "materials",
    "forms",
    "rules",
    "units",
    "calendar",
    "fixtures",
    "schema",
];

/// The texts of all files, by `folder/name`.
#[derive(Clone)]
pub(crate) struct Source {
    pub(crate) files: BTreeMap<String, String>,
}

impl Source {
    /// Reads all folders below `root`.
    pub(crate) fn load(root: &Path) -> io::Result<Self> {
        let mut files = BTreeMap::new();
        for folder in FOLDERS {
            for entry in fs::read_dir(root.join(folder))? {
                let path = entry?.path();
                let name = path.file_name().unwrap_or_default().to_string_lossy();
                files.insert(format!("{folder}/{name}"), fs::read_to_string(&path)?);
            }
        }
        Ok(Self { files })
    }

    /// The text of one file.
    pub(crate) fn get(&self, path: &str) -> Option<&str> {
        self.files.get(path).map(String::as_str)
    }

    /// Path, name without folder, and text of the files in a folder.
    pub(crate) fn folder(&self, folder: &str) -> impl Iterator<Item = (&str, &str, &str)> {
        self.files.iter().filter_map(move |(path, text)| {
            let name = path.strip_prefix(folder)?.strip_prefix('/')?;
            Some((path.as_str(), name, text.as_str()))
        })
    }
}
