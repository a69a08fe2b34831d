/** The program: where it begins, how it runs and how it ends. */
@NullMarked
package tscollector.app;

import org.jspecify.annotations.NullMarked;
