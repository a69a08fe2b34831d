/**
 * The running system: builds components from a plan, connects them, starts them backwards and stops them forwards. Knows the
 * contracts only; which components exist it learns from the plan.
 */
@NullMarked
package tscollector.app.graph;

import org.jspecify.annotations.NullMarked;
