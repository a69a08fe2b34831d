/** What holds for the sources of every module: who may know whom, where time and threads come from, how things are named and sized. */
@NullMarked
package tscollector.testkit.rules;

import org.jspecify.annotations.NullMarked;
