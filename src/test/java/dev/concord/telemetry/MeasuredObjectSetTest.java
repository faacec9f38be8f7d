package dev.concord.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.concord.system.ObjectSet;
import dev.concord.system.SystemUnavailable;
import dev.concord.system.Write;
import dev.concord.system.WriteOutcome;
import dev.concord.testing.MemoryObjectSet;
import dev.concord.testing.fault.FaultPlan;
import dev.concord.testing.fault.FaultyObjectSet;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.dao.TransientDataAccessException;

class MeasuredObjectSetTest {

    private final MeterRegistry registry = new SimpleMeterRegistry();
    private final FaultPlan plan = FaultPlan.parse("count:2:before:unavailable count:3:before:transient")
            .reject("x", WriteOutcome.Kind.UNIQUE);
    private final ObjectSet set = new MeasuredObjectSet(
            new FaultyObjectSet(new MemoryObjectSet("system/crm/contact", List.of(), List.of()), plan), null, registry);

    @Test
    void callsOfATargetAreCountedByWhatBecameOfThem() {
        ObjectSet target = set.asTarget();
        assertThat(target.count(null)).isZero();
        assertThatThrownBy(() -> target.count(null)).isInstanceOf(SystemUnavailable.class);
        assertThatThrownBy(() -> target.count(null)).isInstanceOf(TransientDataAccessException.class);
        target.write(List.of(new Write.Create("a", Map.of()), new Write.Create("b", Map.of())));
        target.write(List.of(new Write.Create("x", Map.of())));
        assertThat(calls("count", "SUCCESS")).isOne();
        assertThat(calls("count", "UNAVAILABLE")).isEqualTo(2);
        assertThat(calls("write", "SUCCESS")).isOne();
        assertThat(calls("write", "REJECTED")).isOne();
    }

    @Test
    void whatIsNoTargetIsNotTimed() {
        assertThat(set.count(null)).isZero();
        assertThat(registry.getMeters()).isEmpty();
    }

    @Test
    void managedObjectsAreASystem() {
        assertThat(MeasuredObjectSet.system("managed/alpha_user")).isEqualTo("managed");
        assertThat(MeasuredObjectSet.system("system/crm/contact")).isEqualTo("crm");
    }

    private long calls(String operation, String outcome) {
        Timer timer = registry.find("recon.target.request")
                .tags("system", "crm", "operation", operation, "outcome", outcome)
                .timer();
        return timer == null ? 0 : timer.count();
    }
}
