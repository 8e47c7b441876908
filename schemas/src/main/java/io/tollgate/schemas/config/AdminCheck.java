package io.tollgate.schemas.config;

import io.tollgate.avro.Admin;
import io.tollgate.avro.AdminRole;

/** What a presented token turned out to be. */
public sealed interface AdminCheck {

    /** A named administrator's, in force. What that one may do is a matter of the role. */
    record Valid(Admin admin) implements AdminCheck {

        /** Every administrator reads everything. */
        public boolean mayRead() {
            return mayChange() || admin.getRole() == AdminRole.AUDITOR;
        }

        /** Whether everything but administrators may be changed. */
        public boolean mayChange() {
            return mayAppoint() || admin.getRole() == AdminRole.OPERATOR;
        }

        /** Whether administrators may be made and ended. */
        public boolean mayAppoint() {
            return admin.getRole() == AdminRole.ADMIN;
        }
    }

    /** No administrator has this token. */
    record Unknown() implements AdminCheck {}

    /** It was an administrator's until it expired. */
    record Expired(Admin admin) implements AdminCheck {}
}
