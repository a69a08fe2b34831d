package tscollector.extension.health;

/**
 * What a probe gets.
 *
 * @param code of HTTP
 * @param json the body
 */
record Answer(int code, String json) {}
