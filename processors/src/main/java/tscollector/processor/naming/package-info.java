/**
 * {@code torchserve_naming}: gives the samples of a TorchServe's {@code /metrics} the names and labels under which Datadog's
 * official TorchServe check sends them, for instance {@code torchserve.openmetrics.cpu.utilization} with {@code level} for
 * {@code CPUUtilization} with {@code Level}, and drops what is not listed. What never had an exposed name (health, management,
 * scrape numbers) keeps it, whole groups of it as the same object.
 *
 * <p>{@code NamingConfig} becomes rules (which family is sent as what, which labels stay, which names pass); {@code PlanDraft}
 * makes of them a plan for each shape and situation; {@code NamingProcessor} applies it run by run.
 *
 * <p>Checked against recordings of the check (datadog-checks-base 38.5.0) and TorchServe 0.12.0.
 *
 * @see <a href="https://github.com/DataDog/integrations-core/tree/master/torchserve">The official check</a>
 */
@NullMarked
package tscollector.processor.naming;

import org.jspecify.annotations.NullMarked;
