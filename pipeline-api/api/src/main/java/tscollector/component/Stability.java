package tscollector.component;

/** How far users can rely on a component staying as it is. */
public enum Stability {
    DEVELOPMENT,
    ALPHA,
    BETA,
    STABLE
}
