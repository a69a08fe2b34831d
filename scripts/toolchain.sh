# Sourced by the scripts of the checkout: finds a JDK 17 or newer and Maven, or gets them. Bash.
#
# need_java_and_maven: exports JAVA_HOME and puts both on PATH. What is there is used: JAVA_HOME, PATH, the usual folders. What is
# missing is installed by apt when the user is root on Debian or Ubuntu (said before it is done; TSCOLLECTOR_NO_INSTALL=1 forbids
# it); otherwise the one command that installs it is printed, and the script ends with 1.

say() { printf '%s: %s\n' "$(basename "$0")" "$*" >&2; }

# The major version of the JDK in folder $1 (it must have a compiler), or nothing.
jdk_major() {
  [ -x "$1/bin/javac" ] || return 1
  local version=
  if [ -r "$1/release" ]; then version=$(sed -n 's/^JAVA_VERSION="\{0,1\}\([0-9]*\).*/\1/p' "$1/release"); fi
  if [ -z "$version" ]; then version=$("$1/bin/javac" -version 2>&1 | sed -n 's/^javac \([0-9]*\).*/\1/p'); fi
  [ -n "$version" ] && printf '%s\n' "$version"
}

# Prints the folder of the first JDK of version 17 or newer.
find_jdk() {
  local home major candidates=()
  [ -n "${JAVA_HOME:-}" ] && candidates+=("$JAVA_HOME")
  if command -v javac >/dev/null 2>&1; then
    candidates+=("$(dirname "$(dirname "$(readlink -f "$(command -v javac)")")")")
  fi
  for home in /usr/lib/jvm/*-17-* /usr/lib/jvm/* /opt/java/* /opt/jdk* /usr/java/* \
    "$HOME"/.sdkman/candidates/java/current /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    [ -d "$home" ] && candidates+=("$home")
  done
  for home in "${candidates[@]}"; do
    if major=$(jdk_major "$home") && [ "$major" -ge 17 ]; then
      printf '%s\n' "$home"
      return
    fi
  done
  return 1
}

find_maven() {
  local home
  command -v mvn 2>/dev/null && return
  for home in "${MAVEN_HOME:-}" "${M2_HOME:-}" /usr/share/maven /opt/maven /opt/apache-maven* "$HOME"/.sdkman/candidates/maven/current; do
    if [ -n "$home" ] && [ -x "$home/bin/mvn" ]; then
      printf '%s\n' "$home/bin/mvn"
      return
    fi
  done
  return 1
}

apt_can_install() {
  [ "$(id -u)" = 0 ] && [ -z "${TSCOLLECTOR_NO_INSTALL:-}" ] && command -v apt-get >/dev/null 2>&1 && [ -r /etc/debian_version ]
}

# install_or_explain WHAT PACKAGE: by apt where allowed; else says how and ends.
install_or_explain() {
  if apt_can_install; then
    say "$1 is missing; installing Debian's package $2 (TSCOLLECTOR_NO_INSTALL=1 forbids this)"
    if { apt-get install -y --no-install-recommends "$2" || { apt-get update && apt-get install -y --no-install-recommends "$2"; }; } >&2; then
      return
    fi
    say "cannot install $2: apt-get failed, see above"
    exit 1
  fi
  if command -v apt-get >/dev/null 2>&1; then
    say "$1 is missing. Install it with:  sudo apt-get install -y $2"
  elif command -v dnf >/dev/null 2>&1; then
    say "$1 is missing. Install it with:  sudo dnf install -y $3"
  elif command -v brew >/dev/null 2>&1; then
    say "$1 is missing. Install it with:  brew install $4"
  else
    say "$1 is missing; install it and put it on PATH"
  fi
  exit 1
}

need_java_and_maven() {
  local home mvn
  home=$(find_jdk) || {
    install_or_explain 'a JDK (17 or newer)' openjdk-17-jdk-headless java-17-openjdk-devel openjdk@17
    home=$(find_jdk) || { say 'no JDK 17 or newer was found even after its installation'; exit 1; }
  }
  mvn=$(find_maven) || {
    install_or_explain Maven maven maven maven
    mvn=$(find_maven) || { say 'Maven was not found even after its installation'; exit 1; }
  }
  export JAVA_HOME=$home
  PATH=$home/bin:$(dirname "$mvn"):$PATH
  export PATH
}
