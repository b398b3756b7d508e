# Sourced by build-wasm.sh: chooses the compiler of the contracts and exports RUSTC, RUSTFLAGS and
# what else cargo needs. Sets COMPILER (its name, for checksums.txt), CARGO_FLAGS (more arguments
# for cargo build) and WASM_FEATURES (arguments that tell wasm-opt what the code may use).
#
#   rustup  Rust 1.81, the compiler of the official optimizer, with its prebuilt standard library.
#   debian  Debian's rustc-web, unpacked and not installed, which builds the standard library
#           itself; for machines that reach a Debian mirror but not rustup's server.
#
# CONTRACT_COMPILER names one of them. Without it: rustup, or debian when 1.81 cannot be had.
# Different compilers give different bytes; either way the same source gives the same bytes.

CONTRACT_RUST=1.81.0
DEBIAN_RUST=1.96.0

# Both keep paths of the machine out of the bytes; the checkout comes last, so that it wins. Functions
# keep their names until empty-backtraces.mjs has read them: nothing here strips them.
common_flags="--remap-path-prefix=${CARGO_HOME:-$HOME/.cargo}=/cargo"
# No file and line behind each check that could panic: 14 KB, and no chain shows them. The option is not
# stable yet, and means nothing for the code itself.
common_flags+=" -Zlocation-detail=none"
export RUSTC_BOOTSTRAP=1

use_rustup() {
  local home
  home=$(rustup run "$CONTRACT_RUST" rustc --print sysroot 2>/dev/null) || home=
  [ -e "${home:-/none}/lib/rustlib/wasm32-unknown-unknown" ] ||
    rustup toolchain install "$CONTRACT_RUST" --profile minimal -t wasm32-unknown-unknown || return 1
  RUSTC="$(rustup which --toolchain "$CONTRACT_RUST" rustc)"
  RUSTFLAGS="$common_flags --remap-path-prefix=$PWD=/src"
  export RUSTC RUSTFLAGS
  COMPILER="rustc $CONTRACT_RUST"
  CARGO_FLAGS=()
  WASM_FEATURES=(--enable-sign-ext --enable-mutable-globals)
}

# Unpacks the Debian packages below target/tools, 840 MB.
unpack_debian() {
  local root=$1 packages package version
  packages=(rustc-web rust-web-src libstd-rust-web-dev "libstd-rust-web-${DEBIAN_RUST%.*}")
  rm -rf "$root.new" && mkdir -p "$root.new/packages"
  apt-get update >&2 || return 1
  for package in "${packages[@]}"; do
    version=$(apt-cache madison "$package" | awk -v want="$DEBIAN_RUST" '$3 ~ "^" want "[^0-9]" {print $3; exit}')
    [ -n "$version" ] || { echo "no Debian mirror offers $package $DEBIAN_RUST" >&2; return 1; }
    (cd "$root.new/packages" && apt-get download "$package=$version" >&2) || return 1
  done
  (cd "$root.new/packages" && apt-get download libllvm22 >&2) || return 1
  for package in "$root.new"/packages/*.deb; do dpkg -x "$package" "$root.new" || return 1; done
  rm -rf "$root.new/packages" "$root" && mv "$root.new" "$root"
}

use_debian() {
  local root=$PWD/target/tools/debian-rust-$DEBIAN_RUST linker
  [ -x "$root/usr/bin/rustc" ] || unpack_debian "$root" || return 1
  export LD_LIBRARY_PATH="$root/usr/lib/x86_64-linux-gnu${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}"
  if ldd "$root/usr/bin/rustc" "$root"/usr/lib/x86_64-linux-gnu/libLLVM*.so* | grep -q 'not found'; then
    apt-get install -y --no-install-recommends libedit2 libffi8 libxml2 libz3-4 libzstd1 zlib1g >&2 || return 1
  fi
  linker=$(find "$(rustc --print sysroot)/lib/rustlib" -name rust-lld | head -n 1)
  if [ -z "$linker" ]; then
    command -v wasm-ld-19 >/dev/null || apt-get install -y --no-install-recommends lld-19 >&2 || return 1
    linker=$(command -v wasm-ld-19)
  fi
  RUSTC=$root/usr/bin/rustc
  # the standard library is built for a VM that knows nothing beyond the first wasm; what the VM
  # itself provides is not there at link time
  RUSTFLAGS="$common_flags -C target-cpu=mvp -C link-arg=--allow-undefined"
  # names as the other way writes them
  RUSTFLAGS+=" -Z unstable-options -C symbol-mangling-version=legacy"
  RUSTFLAGS+=" --remap-path-prefix=$root/usr/src=/rust --remap-path-prefix=$PWD=/src"
  export RUSTC RUSTFLAGS CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER=$linker
  COMPILER="rustc-web $DEBIAN_RUST"
  CARGO_FLAGS=(-Zbuild-std=std,panic_abort)
  WASM_FEATURES=(--mvp-features --enable-mutable-globals)
}

case "${CONTRACT_COMPILER:-}" in
  rustup | debian) "use_$CONTRACT_COMPILER" || { echo "the contracts' compiler of $CONTRACT_COMPILER cannot be had" >&2; exit 1; } ;;
  "") use_rustup || { echo "Rust $CONTRACT_RUST cannot be had; Debian's $DEBIAN_RUST is taken" >&2; use_debian; } ||
    { echo "no compiler for the contracts can be had" >&2; exit 1; } ;;
  *) echo "CONTRACT_COMPILER is rustup or debian, not $CONTRACT_COMPILER" >&2; exit 1 ;;
esac
export CARGO_PROFILE_RELEASE_OPT_LEVEL=z CARGO_PROFILE_RELEASE_LTO=true CARGO_PROFILE_RELEASE_CODEGEN_UNITS=1
