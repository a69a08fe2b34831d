/** Connectors: components that end one pipeline and begin another. */
@NullMarked
package tscollector.connector;

import org.jspecify.annotations.NullMarked;
