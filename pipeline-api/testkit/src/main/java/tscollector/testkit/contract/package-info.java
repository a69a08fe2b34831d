/**
 * What every component promises, as tests that a component's own test class inherits: interfaces with default test methods. A
 * class names its factory and how an instance is made, and gets the tests. A new promise goes in here, not into ten tests.
 */
@NullMarked
package tscollector.testkit.contract;

import org.jspecify.annotations.NullMarked;
