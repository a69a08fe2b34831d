/**
 * What tests of components are written with: fakes of everything a component is given, consumers that remember or refuse, and
 * the contracts that every component's tests inherit. Knows the contracts and the simulator, nothing else.
 */
@NullMarked
package tscollector.testkit;

import org.jspecify.annotations.NullMarked;
