/**
 * From YAML text to config records, and from config records to the pages that describe them.
 *
 * <p>{@link tscollector.kit.config.YamlReader} composes a document with snakeyaml-engine and walks it into {@link
 * tscollector.kit.config.YamlNode}s that know their place; {@link tscollector.kit.config.Variables} replaces {@code ${env:X}} and
 * {@code ${file:P}}; {@link tscollector.kit.config.RecordBinder} lays the result over the defaults of a record. Everything that
 * is wrong goes to one {@link tscollector.kit.config.Mistakes}, which knows what must not be shown. {@link
 * tscollector.kit.config.RecordSchema} is what all of them, the JSON schema and the reference pages know about a record.
 *
 * <p>Limits: 8 MiB a document, 64 levels, 200,000 values after aliases, 100 aliases of lists and maps, 100 replacements within
 * each other.
 */
@NullMarked
package tscollector.kit.config;

import org.jspecify.annotations.NullMarked;
