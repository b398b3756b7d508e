//! Of keys and settings.

/// Below the arguments of `keys`.
pub const KEYS: &str = "\
Examples:
  defenders keys add alice                          a new mnemonic, shown once
  defenders keys add alice --mnemonic-file words.txt --dry-run
  defenders keys list
  defenders keys show alice --prefix osmo --json | jq -r .address

Exit status: 0 done; 1 the result could not be written; 2 the arguments, a key or a file are wrong.";

/// Below the arguments of `keys add`.
pub const KEYS_ADD: &str = "\
Examples:
  defenders keys add alice                          a new mnemonic, shown once
  defenders keys add alice --mnemonic-file words.txt --index 1
  defenders keys add keeper --mnemonic-file - --passphrase-file passphrase < words.txt
  defenders keys add devnet --private-key-file key.hex --test --keyring test-keys

A mnemonic or passphrase is never an argument: others on the machine see arguments. Path, key type and
address are shown before anything is saved.";

/// Below the arguments of `keys show`.
pub const KEYS_SHOW: &str = "\
Example:
  defenders keys show alice --prefix osmo --json | jq -r .address";

/// Below the arguments of `keys list`.
pub const KEYS_LIST: &str = "\
Example:
  defenders keys list --full";

/// Below the arguments of `keys delete`.
pub const KEYS_DELETE: &str = "\
Example:
  defenders keys delete alice --yes";

/// Below the arguments of `config`.
pub const CONFIG: &str = "\
defenders.toml, in the working folder or above it; every line may be left out:
  chain_id = \"cosmoshub-4\"
  nodes = [\"https://rpc.one.example\", \"https://rpc.two.example\"]
  address_prefix = \"cosmos\"
  vault = \"cosmos1qurswpc8qurswpc8qurswpc8qurswpc8qurswpc8qurswpc8qurs79d55s\"
  multisig = \"cosmos1q5zs2pg9q5zs2pg9q5zs2pg9q5zs2pg9r8q7pk\"
  gas_price = \"0.025uatom\"
  max_gas_price = \"0.1uatom\"
  upload_gas_price = \"0.2uatom\"
  gas_factor = 1.5
  daily_fee_limit = \"5000000uatom\"
  from = \"alice\"
  keyring = \"keys\"
  passphrase_file = \"passphrase\"
  state = \"state\"
  [denom]
  base = \"uatom\"
  symbol = \"ATOM\"
  decimals = 6

An argument is stronger than a variable, a variable than the file: DEFENDERS_NODE (a comma between two),
DEFENDERS_CHAIN_ID, DEFENDERS_VAULT, DEFENDERS_MULTISIG, DEFENDERS_GAS_PRICE, DEFENDERS_FROM,
DEFENDERS_KEYRING, DEFENDERS_PASSPHRASE_FILE, DEFENDERS_STATE.

Example:
  defenders config --node http://127.0.0.1:26657 --json

Exit status: 0 done; 1 the result could not be written; 2 an argument, a variable or the file is wrong.";
