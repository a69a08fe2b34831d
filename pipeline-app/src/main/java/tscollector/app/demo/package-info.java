/** The demonstration: a simulated TorchServe with a story, watched by an ordinary pipeline. */
@NullMarked
package tscollector.app.demo;

import org.jspecify.annotations.NullMarked;
