package dev.concord.ledger;

import dev.concord.testing.Databases;
import org.junit.jupiter.api.Nested;

class LedgerMySqlIT {

    @Nested
    class ItsLeases extends LeasesContract {
        ItsLeases() {
            super(Databases.MYSQL);
        }
    }

    @Nested
    class ItsSegments extends RunLedgerContract {
        ItsSegments() {
            super(Databases.MYSQL);
        }
    }

    @Nested
    class ItsRuns extends RunsContract {
        ItsRuns() {
            super(Databases.MYSQL);
        }
    }

    @Nested
    class ItsReader extends LedgerReaderContract {
        ItsReader() {
            super(Databases.MYSQL);
        }
    }
}
