package dev.concord.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.concord.ledger.Lease;
import dev.concord.ledger.Leases;
import dev.concord.testing.Databases;
import dev.concord.testing.OnPlatformDatabase;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HeartbeatTest extends OnPlatformDatabase {

    private Leases leases;
    private HeartbeatConnection connection;
    private Lease lease;
    private Heartbeat heartbeat;

    HeartbeatTest() {
        super(Databases.H2);
    }

    @BeforeEach
    void beat() {
        leases = new Leases(database().jdbc(), database().transaction());
        connection = HeartbeatConnection.beside(database().jdbc().getDataSource());
        lease = leases.acquire("people", "mine", "here:1", Heartbeat.LEASE, holder -> false);
        heartbeat = new Heartbeat(connection, lease, ConcurrentHashMap.newKeySet());
    }

    @AfterEach
    void end() {
        heartbeat.close();
        connection.close();
    }

    @Test
    void knowsFromTheDatabaseAtOnceThatSomebodyElseHasTheLease() {
        assertThat(heartbeat.isHeldAsked()).isTrue();

        leases.acquire("people", "theirs", "there:1", Heartbeat.LEASE, holder -> true);

        assertThat(heartbeat.isHeldAsked()).isFalse();
        assertThat(heartbeat.isHeld()).as("from then on it is known").isFalse();
    }

    @Test
    void renewsALeaseThatIsFoundToBeRunningOut() {
        database().jdbc().update("update run_lease set expires_at = timestampadd(second, -20, expires_at)");

        assertThat(heartbeat.isHeldAsked()).isTrue();

        assertThat(leases.lasts(lease, Heartbeat.LEASE.dividedBy(2))).isTrue();
    }
}
