package dev.concord.run;

import dev.concord.ledger.LedgerReader;
import dev.concord.ledger.Leases;
import dev.concord.ledger.Runs;
import dev.concord.script.Scripts;
import dev.concord.system.ObjectSets;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/** The parts that every run on this node works with. */
record Engine(
        JdbcTemplate jdbc,
        TransactionTemplate transaction,
        JobRepository repository,
        JobOperator operator,
        Runs runs,
        Leases leases,
        LedgerReader reader,
        Scripts scripts,
        ObjectSets.Factory objectSets) {}
