/** The command line: one class per command; what it prints goes to standard output, what it has to say to standard error. */
@NullMarked
package tscollector.app.cli;

import org.jspecify.annotations.NullMarked;
