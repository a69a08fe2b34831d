/** What a component says about itself while it runs. */
@NullMarked
package tscollector.telemetry;

import org.jspecify.annotations.NullMarked;
