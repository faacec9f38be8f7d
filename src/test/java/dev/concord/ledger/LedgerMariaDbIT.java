package dev.concord.ledger;

import dev.concord.testing.Databases;
import org.junit.jupiter.api.Nested;

class LedgerMariaDbIT {

    @Nested
    class ItsLeases extends LeasesContract {
        ItsLeases() {
            super(Databases.MARIADB);
        }
    }

    @Nested
    class ItsSegments extends RunLedgerContract {
        ItsSegments() {
            super(Databases.MARIADB);
        }
    }

    @Nested
    class ItsRuns extends RunsContract {
        ItsRuns() {
            super(Databases.MARIADB);
        }
    }

    @Nested
    class ItsReader extends LedgerReaderContract {
        ItsReader() {
            super(Databases.MARIADB);
        }
    }

    @Nested
    class ItsOldRuns extends OldRunsContract {
        ItsOldRuns() {
            super(Databases.MARIADB);
        }
    }
}
