package dev.concord.testing;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;

/** A suite that runs on one platform database, whose tables of links and runs are empty at the start of each test. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class OnPlatformDatabase {

    private final Databases kind;
    private PlatformDatabase database;

    protected OnPlatformDatabase(Databases kind) {
        this.kind = kind;
    }

    protected PlatformDatabase database() {
        return database;
    }

    @BeforeAll
    protected void open() {
        database = PlatformDatabase.fresh(kind);
    }

    @AfterAll
    protected void close() {
        if (database != null) {
            database.close();
        }
    }

    @BeforeEach
    protected void empty() {
        for (String table :
                new String[] {"segment_entries", "segment", "run_lease", "target_call", "recon_run", "link"}) {
            database.jdbc().update("delete from " + table);
        }
    }
}
