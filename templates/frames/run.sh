# Every az call is quiet unless it fails; the look-up below asks for its own output.
export AZURE_CORE_OUTPUT=none
export AZURE_CORE_ONLY_SHOW_ERRORS=true
# Git Bash on Windows would turn ids, which start with a slash, into paths of its own.
export MSYS_NO_PATHCONV=1

# Files that the commands read lie beside this one.
cd -- "$(dirname -- "${BASH_SOURCE[0]}")"

messages=$(mktemp)
trap 'rm -f "$messages"' EXIT

say() { printf '%s\n' "$*" >&2; }
stop() {
  say "   ✖ $*"
  exit 1
}
lower() { printf '%s' "$1" | tr -d '\r' | LC_ALL=C tr '[:upper:]' '[:lower:]'; }

# look ID API QUERY WANT...: sets found to absent, same or different; a WANT is is:VALUE or has:VALUE, one for each line that QUERY prints.
look() {
  local id=$1 api=$2 query=$3 want have code=0
  shift 3
  found=same
  difference=''
  seen=$(@@LOOK@@ 2>"$messages") || code=$?
  if [ "$code" -eq 3 ]; then
    found=absent
    return 0
  elif [ "$code" -ne 0 ]; then
    cat "$messages" >&2
    stop "az could not look up $id (exit code $code)."
  fi
  while [ "$#" -gt 0 ]; do
    IFS= read -r have || have=''
    want=$(lower "${1#*:}")
    have=$(lower "$have")
    case $1 in
      is:*) [ "$have" = "$want" ] || difference="$difference; wanted $want, found $have" ;;
      has:*) case ",$have," in *",$want,"*) ;; *) difference="$difference; wanted $want among $have" ;; esac ;;
    esac
    shift
  done <<<"$seen"
  if [ -n "$difference" ]; then
    found=different
    difference=${difference#; }
  fi
}
