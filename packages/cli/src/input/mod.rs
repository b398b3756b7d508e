//! Files that a person writes, opened here and read strictly by
//! [`defenders_client::input`].

mod read;

pub use defenders_client::input::{
    FileError, InputError, Json, Node, Object, file_name, hint, is_standard_input, listing,
    numbers, parse_json, shape, tell_all,
};
pub use read::{load, load_rows, read_text};
