package dev.concord.recon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.concord.ledger.RunBoard;
import dev.concord.ledger.TargetCalls;
import dev.concord.ledger.TargetCalls.Call;
import dev.concord.ledger.TargetCalls.CallOutcome;
import dev.concord.ledger.TargetCalls.Operation;
import dev.concord.ledger.TargetCalls.Sum;
import dev.concord.system.ObjectSet;
import dev.concord.system.SystemUnavailable;
import dev.concord.system.Write;
import dev.concord.system.WriteOutcome;
import dev.concord.testing.Databases;
import dev.concord.testing.MemoryObjectSet;
import dev.concord.testing.OnPlatformDatabase;
import dev.concord.testing.fault.FaultPlan;
import dev.concord.testing.fault.FaultyObjectSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.dao.TransientDataAccessException;

class MeasuredTargetTest extends OnPlatformDatabase {

    private final TargetCalls calls = new TargetCalls();
    private final FaultPlan plan = FaultPlan.parse("count:2:before:unavailable count:3:before:transient")
            .reject("x", WriteOutcome.Kind.UNIQUE);
    private final ObjectSet target = new MeasuredTarget(
            new FaultyObjectSet(new MemoryObjectSet("system/crm/contact", List.of(), List.of()), plan), calls);

    MeasuredTargetTest() {
        super(Databases.H2);
    }

    @Test
    void callsOfATargetAreCountedByWhatBecameOfThem() {
        assertThat(target.count(null)).isZero();
        assertThatThrownBy(() -> target.count(null)).isInstanceOf(SystemUnavailable.class);
        assertThatThrownBy(() -> target.count(null)).isInstanceOf(TransientDataAccessException.class);
        target.write(List.of(new Write.Create("a", Map.of()), new Write.Create("b", Map.of())));
        target.write(List.of(new Write.Create("x", Map.of())));
        calls.keep(database().jdbc(), database().transaction(), "run");
        Map<Call, Sum> kept =
                new RunBoard(database().jdbc()).calls(List.of("run", "other")).get("run");
        assertThat(kept).hasSize(4).allSatisfy((call, sum) -> {
            assertThat(call.target()).isEqualTo("crm");
            assertThat(sum.nanoseconds()).isPositive();
            assertThat(sum.calls()).as(call.toString()).isEqualTo(call.outcome() == CallOutcome.UNAVAILABLE ? 2 : 1);
        });
        assertThat(kept)
                .containsKeys(
                        new Call("crm", Operation.COUNT, CallOutcome.SUCCESS),
                        new Call("crm", Operation.COUNT, CallOutcome.UNAVAILABLE),
                        new Call("crm", Operation.WRITE, CallOutcome.SUCCESS),
                        new Call("crm", Operation.WRITE, CallOutcome.REJECTED));
    }

    @Test
    void managedObjectsAreASystem() {
        assertThat(MeasuredTarget.system("managed/alpha_user")).isEqualTo("managed");
        assertThat(MeasuredTarget.system("system/crm/contact")).isEqualTo("crm");
    }
}
