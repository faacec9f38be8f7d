package dev.concord.recon;

/** Whether a run still has its lease. For use by several threads. */
public interface LeaseWatch {

    /** Where there are no others. */
    LeaseWatch NOBODY_ELSE = new LeaseWatch() {
        @Override
        public boolean isHeld() {
            return true;
        }

        @Override
        public boolean isHeldAsked() {
            return true;
        }
    };

    /**
     * Whether nobody else can have the lease, as far as this process knows. It is asked for each page, and so is quick.
     *
     * @throws org.springframework.dao.DataAccessException when this process is in doubt, and the database cannot be
     *     asked
     */
    boolean isHeld();

    /**
     * Whether the database says that nobody else can have the lease, now and for some seconds to come.
     *
     * @throws org.springframework.dao.DataAccessException when the database cannot be asked, so that nobody knows
     */
    boolean isHeldAsked();
}
