-- contacts.0001_initial
BEGIN;
--
-- Create model Organisation
--
CREATE TABLE "contacts_organisation" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "code" varchar(50) NOT NULL UNIQUE, "name" varchar(100) NOT NULL UNIQUE, "short_name" varchar(100) NOT NULL, "url" varchar(200) NOT NULL, "address" varchar(200) NOT NULL, "statement" text NOT NULL);
--
-- Create model Desk
--
CREATE TABLE "contacts_desk" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "role" varchar(20) NOT NULL UNIQUE, "subject" varchar(100) NOT NULL, "name" varchar(100) NOT NULL, "department" varchar(100) NOT NULL, "postal_code" varchar(8) NOT NULL, "address" varchar(200) NOT NULL, "telephone" varchar(20) NOT NULL, "email" varchar(254) NOT NULL, "who_may_call" text NOT NULL, "always_open" bool NOT NULL, "opens_at" time NULL, "closes_at" time NULL, "closed_on_saturdays" bool NOT NULL, "closed_on_sundays" bool NOT NULL, "closed_on_public_holidays" bool NOT NULL, "closed_at_year_end" bool NOT NULL, "year_end_first_day" varchar(5) NOT NULL, "year_end_last_day" varchar(5) NOT NULL, "after_hours_note" text NOT NULL, "order" smallint unsigned NOT NULL CHECK ("order" >= 0), "organisation_id" bigint NOT NULL REFERENCES "contacts_organisation" ("id") DEFERRABLE INITIALLY DEFERRED);
--
-- Create model PersonInCharge
--
CREATE TABLE "contacts_personincharge" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "name" varchar(50) NOT NULL, "order" smallint unsigned NOT NULL CHECK ("order" >= 0), "desk_id" bigint NOT NULL REFERENCES "contacts_desk" ("id") DEFERRABLE INITIALLY DEFERRED);
--
-- Create model ClosedDay
--
CREATE TABLE "contacts_closedday" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "date" date NOT NULL, "reason" varchar(100) NOT NULL, "desk_id" bigint NOT NULL REFERENCES "contacts_desk" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "closed_day_once_per_desk" UNIQUE ("desk_id", "date"));
--
-- Create constraint desk_hours_start_before_they_end on model desk
--
CREATE TABLE "new__contacts_desk" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "role" varchar(20) NOT NULL UNIQUE, "subject" varchar(100) NOT NULL, "name" varchar(100) NOT NULL, "department" varchar(100) NOT NULL, "postal_code" varchar(8) NOT NULL, "address" varchar(200) NOT NULL, "telephone" varchar(20) NOT NULL, "email" varchar(254) NOT NULL, "who_may_call" text NOT NULL, "always_open" bool NOT NULL, "opens_at" time NULL, "closes_at" time NULL, "closed_on_saturdays" bool NOT NULL, "closed_on_sundays" bool NOT NULL, "closed_on_public_holidays" bool NOT NULL, "closed_at_year_end" bool NOT NULL, "year_end_first_day" varchar(5) NOT NULL, "year_end_last_day" varchar(5) NOT NULL, "after_hours_note" text NOT NULL, "order" smallint unsigned NOT NULL CHECK ("order" >= 0), "organisation_id" bigint NOT NULL REFERENCES "contacts_organisation" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "desk_hours_start_before_they_end" CHECK ((("closes_at" IS NULL AND "opens_at" IS NULL) OR ("closes_at" IS NOT NULL AND "opens_at" IS NOT NULL AND "opens_at" < ("closes_at")))));
INSERT INTO "new__contacts_desk" ("id", "role", "subject", "name", "department", "postal_code", "address", "telephone", "email", "who_may_call", "always_open", "opens_at", "closes_at", "closed_on_saturdays", "closed_on_sundays", "closed_on_public_holidays", "closed_at_year_end", "year_end_first_day", "year_end_last_day", "after_hours_note", "order", "organisation_id") SELECT "id", "role", "subject", "name", "department", "postal_code", "address", "telephone", "email", "who_may_call", "always_open", "opens_at", "closes_at", "closed_on_saturdays", "closed_on_sundays", "closed_on_public_holidays", "closed_at_year_end", "year_end_first_day", "year_end_last_day", "after_hours_note", "order", "organisation_id" FROM "contacts_desk";
DROP TABLE "contacts_desk";
ALTER TABLE "new__contacts_desk" RENAME TO "contacts_desk";
CREATE INDEX "contacts_personincharge_desk_id_f754dfeb" ON "contacts_personincharge" ("desk_id");
CREATE INDEX "contacts_closedday_desk_id_c1eb74d3" ON "contacts_closedday" ("desk_id");
CREATE INDEX "contacts_desk_organisation_id_228dbccc" ON "contacts_desk" ("organisation_id");
--
-- Create constraint desk_can_be_reached on model desk
--
CREATE TABLE "new__contacts_desk" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "role" varchar(20) NOT NULL UNIQUE, "subject" varchar(100) NOT NULL, "name" varchar(100) NOT NULL, "department" varchar(100) NOT NULL, "postal_code" varchar(8) NOT NULL, "address" varchar(200) NOT NULL, "telephone" varchar(20) NOT NULL, "email" varchar(254) NOT NULL, "who_may_call" text NOT NULL, "always_open" bool NOT NULL, "opens_at" time NULL, "closes_at" time NULL, "closed_on_saturdays" bool NOT NULL, "closed_on_sundays" bool NOT NULL, "closed_on_public_holidays" bool NOT NULL, "closed_at_year_end" bool NOT NULL, "year_end_first_day" varchar(5) NOT NULL, "year_end_last_day" varchar(5) NOT NULL, "after_hours_note" text NOT NULL, "order" smallint unsigned NOT NULL CHECK ("order" >= 0), "organisation_id" bigint NOT NULL REFERENCES "contacts_organisation" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "desk_hours_start_before_they_end" CHECK ((("closes_at" IS NULL AND "opens_at" IS NULL) OR ("closes_at" IS NOT NULL AND "opens_at" IS NOT NULL AND "opens_at" < ("closes_at")))), CONSTRAINT "desk_can_be_reached" CHECK ((NOT ("telephone" = '') OR NOT ("email" = ''))));
INSERT INTO "new__contacts_desk" ("id", "role", "subject", "name", "department", "postal_code", "address", "telephone", "email", "who_may_call", "always_open", "opens_at", "closes_at", "closed_on_saturdays", "closed_on_sundays", "closed_on_public_holidays", "closed_at_year_end", "year_end_first_day", "year_end_last_day", "after_hours_note", "order", "organisation_id") SELECT "id", "role", "subject", "name", "department", "postal_code", "address", "telephone", "email", "who_may_call", "always_open", "opens_at", "closes_at", "closed_on_saturdays", "closed_on_sundays", "closed_on_public_holidays", "closed_at_year_end", "year_end_first_day", "year_end_last_day", "after_hours_note", "order", "organisation_id" FROM "contacts_desk";
DROP TABLE "contacts_desk";
ALTER TABLE "new__contacts_desk" RENAME TO "contacts_desk";
CREATE INDEX "contacts_desk_organisation_id_228dbccc" ON "contacts_desk" ("organisation_id");
--
-- Create constraint desk_for_incidents_says_who_may_call on model desk
--
CREATE TABLE "new__contacts_desk" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "role" varchar(20) NOT NULL UNIQUE, "subject" varchar(100) NOT NULL, "name" varchar(100) NOT NULL, "department" varchar(100) NOT NULL, "postal_code" varchar(8) NOT NULL, "address" varchar(200) NOT NULL, "telephone" varchar(20) NOT NULL, "email" varchar(254) NOT NULL, "who_may_call" text NOT NULL, "always_open" bool NOT NULL, "opens_at" time NULL, "closes_at" time NULL, "closed_on_saturdays" bool NOT NULL, "closed_on_sundays" bool NOT NULL, "closed_on_public_holidays" bool NOT NULL, "closed_at_year_end" bool NOT NULL, "year_end_first_day" varchar(5) NOT NULL, "year_end_last_day" varchar(5) NOT NULL, "after_hours_note" text NOT NULL, "order" smallint unsigned NOT NULL CHECK ("order" >= 0), "organisation_id" bigint NOT NULL REFERENCES "contacts_organisation" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "desk_hours_start_before_they_end" CHECK ((("closes_at" IS NULL AND "opens_at" IS NULL) OR ("closes_at" IS NOT NULL AND "opens_at" IS NOT NULL AND "opens_at" < ("closes_at")))), CONSTRAINT "desk_can_be_reached" CHECK ((NOT ("telephone" = '') OR NOT ("email" = ''))), CONSTRAINT "desk_for_incidents_says_who_may_call" CHECK ((NOT ("role" = 'incident') OR NOT ("who_may_call" = ''))));
INSERT INTO "new__contacts_desk" ("id", "role", "subject", "name", "department", "postal_code", "address", "telephone", "email", "who_may_call", "always_open", "opens_at", "closes_at", "closed_on_saturdays", "closed_on_sundays", "closed_on_public_holidays", "closed_at_year_end", "year_end_first_day", "year_end_last_day", "after_hours_note", "order", "organisation_id") SELECT "id", "role", "subject", "name", "department", "postal_code", "address", "telephone", "email", "who_may_call", "always_open", "opens_at", "closes_at", "closed_on_saturdays", "closed_on_sundays", "closed_on_public_holidays", "closed_at_year_end", "year_end_first_day", "year_end_last_day", "after_hours_note", "order", "organisation_id" FROM "contacts_desk";
DROP TABLE "contacts_desk";
ALTER TABLE "new__contacts_desk" RENAME TO "contacts_desk";
CREATE INDEX "contacts_desk_organisation_id_228dbccc" ON "contacts_desk" ("organisation_id");
--
-- Create constraint desk_of_agency_and_incidents_has_a_telephone on model desk
--
CREATE TABLE "new__contacts_desk" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "role" varchar(20) NOT NULL UNIQUE, "subject" varchar(100) NOT NULL, "name" varchar(100) NOT NULL, "department" varchar(100) NOT NULL, "postal_code" varchar(8) NOT NULL, "address" varchar(200) NOT NULL, "telephone" varchar(20) NOT NULL, "email" varchar(254) NOT NULL, "who_may_call" text NOT NULL, "always_open" bool NOT NULL, "opens_at" time NULL, "closes_at" time NULL, "closed_on_saturdays" bool NOT NULL, "closed_on_sundays" bool NOT NULL, "closed_on_public_holidays" bool NOT NULL, "closed_at_year_end" bool NOT NULL, "year_end_first_day" varchar(5) NOT NULL, "year_end_last_day" varchar(5) NOT NULL, "after_hours_note" text NOT NULL, "order" smallint unsigned NOT NULL CHECK ("order" >= 0), "organisation_id" bigint NOT NULL REFERENCES "contacts_organisation" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "desk_hours_start_before_they_end" CHECK ((("closes_at" IS NULL AND "opens_at" IS NULL) OR ("closes_at" IS NOT NULL AND "opens_at" IS NOT NULL AND "opens_at" < ("closes_at")))), CONSTRAINT "desk_can_be_reached" CHECK ((NOT ("telephone" = '') OR NOT ("email" = ''))), CONSTRAINT "desk_for_incidents_says_who_may_call" CHECK ((NOT ("role" = 'incident') OR NOT ("who_may_call" = ''))), CONSTRAINT "desk_of_agency_and_incidents_has_a_telephone" CHECK ((NOT ("role" IN ('agency', 'incident')) OR NOT ("telephone" = ''))));
INSERT INTO "new__contacts_desk" ("id", "role", "subject", "name", "department", "postal_code", "address", "telephone", "email", "who_may_call", "always_open", "opens_at", "closes_at", "closed_on_saturdays", "closed_on_sundays", "closed_on_public_holidays", "closed_at_year_end", "year_end_first_day", "year_end_last_day", "after_hours_note", "order", "organisation_id") SELECT "id", "role", "subject", "name", "department", "postal_code", "address", "telephone", "email", "who_may_call", "always_open", "opens_at", "closes_at", "closed_on_saturdays", "closed_on_sundays", "closed_on_public_holidays", "closed_at_year_end", "year_end_first_day", "year_end_last_day", "after_hours_note", "order", "organisation_id" FROM "contacts_desk";
DROP TABLE "contacts_desk";
ALTER TABLE "new__contacts_desk" RENAME TO "contacts_desk";
CREATE INDEX "contacts_desk_organisation_id_228dbccc" ON "contacts_desk" ("organisation_id");
--
-- Create constraint desk_for_incidents_has_hours on model desk
--
CREATE TABLE "new__contacts_desk" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "role" varchar(20) NOT NULL UNIQUE, "subject" varchar(100) NOT NULL, "name" varchar(100) NOT NULL, "department" varchar(100) NOT NULL, "postal_code" varchar(8) NOT NULL, "address" varchar(200) NOT NULL, "telephone" varchar(20) NOT NULL, "email" varchar(254) NOT NULL, "who_may_call" text NOT NULL, "always_open" bool NOT NULL, "opens_at" time NULL, "closes_at" time NULL, "closed_on_saturdays" bool NOT NULL, "closed_on_sundays" bool NOT NULL, "closed_on_public_holidays" bool NOT NULL, "closed_at_year_end" bool NOT NULL, "year_end_first_day" varchar(5) NOT NULL, "year_end_last_day" varchar(5) NOT NULL, "after_hours_note" text NOT NULL, "order" smallint unsigned NOT NULL CHECK ("order" >= 0), "organisation_id" bigint NOT NULL REFERENCES "contacts_organisation" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "desk_hours_start_before_they_end" CHECK ((("closes_at" IS NULL AND "opens_at" IS NULL) OR ("closes_at" IS NOT NULL AND "opens_at" IS NOT NULL AND "opens_at" < ("closes_at")))), CONSTRAINT "desk_can_be_reached" CHECK ((NOT ("telephone" = '') OR NOT ("email" = ''))), CONSTRAINT "desk_for_incidents_says_who_may_call" CHECK ((NOT ("role" = 'incident') OR NOT ("who_may_call" = ''))), CONSTRAINT "desk_of_agency_and_incidents_has_a_telephone" CHECK ((NOT ("role" IN ('agency', 'incident')) OR NOT ("telephone" = ''))), CONSTRAINT "desk_for_incidents_has_hours" CHECK ((NOT ("role" = 'incident') OR "always_open" OR "opens_at" IS NOT NULL)));
INSERT INTO "new__contacts_desk" ("id", "role", "subject", "name", "department", "postal_code", "address", "telephone", "email", "who_may_call", "always_open", "opens_at", "closes_at", "closed_on_saturdays", "closed_on_sundays", "closed_on_public_holidays", "closed_at_year_end", "year_end_first_day", "year_end_last_day", "after_hours_note", "order", "organisation_id") SELECT "id", "role", "subject", "name", "department", "postal_code", "address", "telephone", "email", "who_may_call", "always_open", "opens_at", "closes_at", "closed_on_saturdays", "closed_on_sundays", "closed_on_public_holidays", "closed_at_year_end", "year_end_first_day", "year_end_last_day", "after_hours_note", "order", "organisation_id" FROM "contacts_desk";
DROP TABLE "contacts_desk";
ALTER TABLE "new__contacts_desk" RENAME TO "contacts_desk";
CREATE INDEX "contacts_desk_organisation_id_228dbccc" ON "contacts_desk" ("organisation_id");
COMMIT;

-- contacts.0002_desk_in_short
BEGIN;
--
-- Add field after_hours_note_in_short to desk
--
CREATE TABLE "new__contacts_desk" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "after_hours_note_in_short" text NOT NULL, "role" varchar(20) NOT NULL UNIQUE, "subject" varchar(100) NOT NULL, "name" varchar(100) NOT NULL, "department" varchar(100) NOT NULL, "postal_code" varchar(8) NOT NULL, "address" varchar(200) NOT NULL, "telephone" varchar(20) NOT NULL, "email" varchar(254) NOT NULL, "who_may_call" text NOT NULL, "always_open" bool NOT NULL, "opens_at" time NULL, "closes_at" time NULL, "closed_on_saturdays" bool NOT NULL, "closed_on_sundays" bool NOT NULL, "closed_on_public_holidays" bool NOT NULL, "closed_at_year_end" bool NOT NULL, "year_end_first_day" varchar(5) NOT NULL, "year_end_last_day" varchar(5) NOT NULL, "after_hours_note" text NOT NULL, "order" smallint unsigned NOT NULL CHECK ("order" >= 0), "organisation_id" bigint NOT NULL REFERENCES "contacts_organisation" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "desk_hours_start_before_they_end" CHECK ((("closes_at" IS NULL AND "opens_at" IS NULL) OR ("closes_at" IS NOT NULL AND "opens_at" IS NOT NULL AND "opens_at" < ("closes_at")))), CONSTRAINT "desk_can_be_reached" CHECK ((NOT ("telephone" = '') OR NOT ("email" = ''))), CONSTRAINT "desk_for_incidents_says_who_may_call" CHECK ((NOT ("role" = 'incident') OR NOT ("who_may_call" = ''))), CONSTRAINT "desk_of_agency_and_incidents_has_a_telephone" CHECK ((NOT ("role" IN ('agency', 'incident')) OR NOT ("telephone" = ''))), CONSTRAINT "desk_for_incidents_has_hours" CHECK ((NOT ("role" = 'incident') OR "always_open" OR "opens_at" IS NOT NULL)));
INSERT INTO "new__contacts_desk" ("id", "role", "subject", "name", "department", "postal_code", "address", "telephone", "email", "who_may_call", "always_open", "opens_at", "closes_at", "closed_on_saturdays", "closed_on_sundays", "closed_on_public_holidays", "closed_at_year_end", "year_end_first_day", "year_end_last_day", "after_hours_note", "order", "organisation_id", "after_hours_note_in_short") SELECT "id", "role", "subject", "name", "department", "postal_code", "address", "telephone", "email", "who_may_call", "always_open", "opens_at", "closes_at", "closed_on_saturdays", "closed_on_sundays", "closed_on_public_holidays", "closed_at_year_end", "year_end_first_day", "year_end_last_day", "after_hours_note", "order", "organisation_id", '' FROM "contacts_desk";
DROP TABLE "contacts_desk";
ALTER TABLE "new__contacts_desk" RENAME TO "contacts_desk";
CREATE INDEX "contacts_desk_organisation_id_228dbccc" ON "contacts_desk" ("organisation_id");
--
-- Add field who_may_call_in_short to desk
--
CREATE TABLE "new__contacts_desk" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "role" varchar(20) NOT NULL UNIQUE, "subject" varchar(100) NOT NULL, "name" varchar(100) NOT NULL, "department" varchar(100) NOT NULL, "postal_code" varchar(8) NOT NULL, "address" varchar(200) NOT NULL, "telephone" varchar(20) NOT NULL, "email" varchar(254) NOT NULL, "who_may_call" text NOT NULL, "always_open" bool NOT NULL, "opens_at" time NULL, "closes_at" time NULL, "closed_on_saturdays" bool NOT NULL, "closed_on_sundays" bool NOT NULL, "closed_on_public_holidays" bool NOT NULL, "closed_at_year_end" bool NOT NULL, "year_end_first_day" varchar(5) NOT NULL, "year_end_last_day" varchar(5) NOT NULL, "after_hours_note" text NOT NULL, "order" smallint unsigned NOT NULL CHECK ("order" >= 0), "organisation_id" bigint NOT NULL REFERENCES "contacts_organisation" ("id") DEFERRABLE INITIALLY DEFERRED, "after_hours_note_in_short" text NOT NULL, "who_may_call_in_short" text NOT NULL, CONSTRAINT "desk_hours_start_before_they_end" CHECK ((("closes_at" IS NULL AND "opens_at" IS NULL) OR ("closes_at" IS NOT NULL AND "opens_at" IS NOT NULL AND "opens_at" < ("closes_at")))), CONSTRAINT "desk_can_be_reached" CHECK ((NOT ("telephone" = '') OR NOT ("email" = ''))), CONSTRAINT "desk_for_incidents_says_who_may_call" CHECK ((NOT ("role" = 'incident') OR NOT ("who_may_call" = ''))), CONSTRAINT "desk_of_agency_and_incidents_has_a_telephone" CHECK ((NOT ("role" IN ('agency', 'incident')) OR NOT ("telephone" = ''))), CONSTRAINT "desk_for_incidents_has_hours" CHECK ((NOT ("role" = 'incident') OR "always_open" OR "opens_at" IS NOT NULL)));
INSERT INTO "new__contacts_desk" ("id", "role", "subject", "name", "department", "postal_code", "address", "telephone", "email", "who_may_call", "always_open", "opens_at", "closes_at", "closed_on_saturdays", "closed_on_sundays", "closed_on_public_holidays", "closed_at_year_end", "year_end_first_day", "year_end_last_day", "after_hours_note", "order", "organisation_id", "after_hours_note_in_short", "who_may_call_in_short") SELECT "id", "role", "subject", "name", "department", "postal_code", "address", "telephone", "email", "who_may_call", "always_open", "opens_at", "closes_at", "closed_on_saturdays", "closed_on_sundays", "closed_on_public_holidays", "closed_at_year_end", "year_end_first_day", "year_end_last_day", "after_hours_note", "order", "organisation_id", "after_hours_note_in_short", '' FROM "contacts_desk";
DROP TABLE "contacts_desk";
ALTER TABLE "new__contacts_desk" RENAME TO "contacts_desk";
CREATE INDEX "contacts_desk_organisation_id_228dbccc" ON "contacts_desk" ("organisation_id");
COMMIT;

-- editing.0001_initial
BEGIN;
--
-- Create model SavedForm
--
CREATE TABLE "editing_savedform" ("digest" varchar(64) NOT NULL PRIMARY KEY, "saved_at" datetime DEFAULT (STRFTIME('%Y-%m-%d %H:%M:%f', 'NOW')) NOT NULL);
--
-- Create model AcceptedFinding
--
CREATE TABLE "editing_acceptedfinding" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "key" varchar(150) NOT NULL UNIQUE, "fingerprint" varchar(64) NOT NULL, "note" text NOT NULL, "accepted_at" datetime NOT NULL, "accepted_by_id" integer NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE INDEX "editing_acceptedfinding_accepted_by_id_c08360ce" ON "editing_acceptedfinding" ("accepted_by_id");
COMMIT;

-- products.0001_initial
BEGIN;
--
-- Create model CoverageCategory
--
CREATE TABLE "products_coveragecategory" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "order" smallint unsigned NOT NULL CHECK ("order" >= 0), "kind" varchar(20) NOT NULL, "short_name" varchar(20) NOT NULL, "title" varchar(100) NOT NULL, "text" text NOT NULL, "is_option" bool NOT NULL, "examples_heading" varchar(100) NOT NULL, "examples" text NOT NULL);
--
-- Create model FaqEntry
--
CREATE TABLE "products_faqentry" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "order" smallint unsigned NOT NULL CHECK ("order" >= 0), "question" varchar(200) NOT NULL UNIQUE, "answer" text NOT NULL);
--
-- Create model LegalText
--
CREATE TABLE "products_legaltext" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "order" smallint unsigned NOT NULL CHECK ("order" >= 0), "kind" varchar(20) NOT NULL, "text" text NOT NULL);
--
-- Create model CoveredEvent
--
CREATE TABLE "products_coveredevent" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "order" smallint unsigned NOT NULL CHECK ("order" >= 0), "title" varchar(100) NOT NULL, "text" text NOT NULL, "category_id" bigint NOT NULL REFERENCES "products_coveragecategory" ("id") DEFERRABLE INITIALLY DEFERRED);
--
-- Create model Notice
--
CREATE TABLE "products_notice" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "public_from" datetime NULL, "public_until" datetime NULL, "uid" char(32) NOT NULL UNIQUE, "title" varchar(150) NOT NULL, "text" text NOT NULL, "important" bool NOT NULL, CONSTRAINT "notice_public_from_before_until" CHECK (("public_until" IS NULL OR "public_from" < ("public_until"))), CONSTRAINT "notice_important_has_an_end" CHECK ((NOT "important" OR "public_until" IS NOT NULL)));
--
-- Create model PolicyTerm
--
CREATE TABLE "products_policyterm" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "code" varchar(50) NOT NULL UNIQUE, "starts_at" datetime NOT NULL, "ends_at" datetime NOT NULL, "public_from" datetime NULL, "joining_deadline_day" smallint unsigned NOT NULL CHECK ("joining_deadline_day" >= 0), "joining_start_day" smallint unsigned NOT NULL CHECK ("joining_start_day" >= 0), "joining_start_time" time NOT NULL, "premium_notes" text NOT NULL, "coverage_lead" text NOT NULL, "coverage_note" text NOT NULL, "support_lead" text NOT NULL, "support_note" text NOT NULL, "eligibility" text NOT NULL, "exclusions" text NOT NULL, "deductible" text NOT NULL, "how_to_apply" text NOT NULL, "part_year_premium" text NOT NULL, "closed_day_rule" text NOT NULL, "approval_number" varchar(50) NOT NULL, "approved_on" date NULL, CONSTRAINT "term_starts_before_it_ends" CHECK ("starts_at" < ("ends_at")), CONSTRAINT "term_joining_days_are_in_every_month" CHECK (("joining_deadline_day" BETWEEN 1 AND 28 AND "joining_start_day" BETWEEN 1 AND 28)), CONSTRAINT "term_approval_has_number_and_date" CHECK ((("approval_number" = '' AND "approved_on" IS NULL) OR (NOT ("approval_number" = '') AND "approved_on" IS NOT NULL))));
--
-- Create model Document
--
CREATE TABLE "products_document" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "order" smallint unsigned NOT NULL CHECK ("order" >= 0), "public_from" datetime NULL, "public_until" datetime NULL, "code" varchar(50) NOT NULL UNIQUE, "title" varchar(150) NOT NULL, "kind" varchar(20) NOT NULL, "file" varchar(100) NOT NULL, "url" varchar(500) NOT NULL, "issued_on" date NULL, "term_id" bigint NULL REFERENCES "products_policyterm" ("id") DEFERRABLE INITIALLY DEFERRED);
--
-- Add field term to coveragecategory
--
CREATE TABLE "new__products_coveragecategory" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "order" smallint unsigned NOT NULL CHECK ("order" >= 0), "kind" varchar(20) NOT NULL, "short_name" varchar(20) NOT NULL, "title" varchar(100) NOT NULL, "text" text NOT NULL, "is_option" bool NOT NULL, "examples_heading" varchar(100) NOT NULL, "examples" text NOT NULL, "term_id" bigint NOT NULL REFERENCES "products_policyterm" ("id") DEFERRABLE INITIALLY DEFERRED);
INSERT INTO "new__products_coveragecategory" ("id", "order", "kind", "short_name", "title", "text", "is_option", "examples_heading", "examples", "term_id") SELECT "id", "order", "kind", "short_name", "title", "text", "is_option", "examples_heading", "examples", NULL FROM "products_coveragecategory";
DROP TABLE "products_coveragecategory";
ALTER TABLE "new__products_coveragecategory" RENAME TO "products_coveragecategory";
CREATE INDEX "products_coveredevent_category_id_80494e7a" ON "products_coveredevent" ("category_id");
CREATE INDEX "products_document_term_id_6f6a904c" ON "products_document" ("term_id");
CREATE INDEX "products_coveragecategory_term_id_6030e4b6" ON "products_coveragecategory" ("term_id");
--
-- Create model PremiumRow
--
CREATE TABLE "products_premiumrow" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "number" smallint unsigned NOT NULL CHECK ("number" >= 0), "turnover" bigint unsigned NOT NULL CHECK ("turnover" >= 0), "liability_limit" bigint unsigned NOT NULL CHECK ("liability_limit" >= 0), "expense_limit" bigint unsigned NOT NULL CHECK ("expense_limit" >= 0), "profit_limit" bigint unsigned NULL CHECK ("profit_limit" >= 0), "profit_indemnity_months" smallint unsigned NULL CHECK ("profit_indemnity_months" >= 0), "annual_low" integer unsigned NOT NULL CHECK ("annual_low" >= 0), "annual_high" integer unsigned NOT NULL CHECK ("annual_high" >= 0), "monthly_low" integer unsigned NOT NULL CHECK ("monthly_low" >= 0), "monthly_high" integer unsigned NOT NULL CHECK ("monthly_high" >= 0), "term_id" bigint NOT NULL REFERENCES "products_policyterm" ("id") DEFERRABLE INITIALLY DEFERRED);
--
-- Create model Product
--
CREATE TABLE "products_product" ("id" smallint unsigned NOT NULL PRIMARY KEY CHECK ("id" >= 0), "name" varchar(100) NOT NULL, "insurance_class" varchar(50) NOT NULL, "insurer_id" bigint NOT NULL REFERENCES "contacts_organisation" ("id") DEFERRABLE INITIALLY DEFERRED);
--
-- Create model Reason
--
CREATE TABLE "products_reason" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "order" smallint unsigned NOT NULL CHECK ("order" >= 0), "title" varchar(100) NOT NULL, "text" text NOT NULL, "note" text NOT NULL, "term_id" bigint NOT NULL REFERENCES "products_policyterm" ("id") DEFERRABLE INITIALLY DEFERRED);
--
-- Create model SecurityProgram
--
CREATE TABLE "products_securityprogram" ("id" smallint unsigned NOT NULL PRIMARY KEY CHECK ("id" >= 0), "name" varchar(100) NOT NULL, "provider_id" bigint NOT NULL REFERENCES "contacts_organisation" ("id") DEFERRABLE INITIALLY DEFERRED);
--
-- Create model SecurityService
--
CREATE TABLE "products_securityservice" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "order" smallint unsigned NOT NULL CHECK ("order" >= 0), "title" varchar(100) NOT NULL, "text" text NOT NULL, "points" text NOT NULL, "program_id" smallint NOT NULL REFERENCES "products_securityprogram" ("id") DEFERRABLE INITIALLY DEFERRED);
--
-- Create model SupportDesk
--
CREATE TABLE "products_supportdesk" ("id" smallint unsigned NOT NULL PRIMARY KEY CHECK ("id" >= 0), "who_may_use" text NOT NULL, "text" text NOT NULL, "charge_note" text NOT NULL, "cases_heading" varchar(100) NOT NULL, "cases_text" text NOT NULL, "terms_of_use_id" bigint NULL REFERENCES "products_document" ("id") DEFERRABLE INITIALLY DEFERRED);
--
-- Create model SupportCaution
--
CREATE TABLE "products_supportcaution" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "order" smallint unsigned NOT NULL CHECK ("order" >= 0), "text" text NOT NULL, "support_desk_id" smallint NOT NULL REFERENCES "products_supportdesk" ("id") DEFERRABLE INITIALLY DEFERRED);
--
-- Create model SupportFunction
--
CREATE TABLE "products_supportfunction" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "order" smallint unsigned NOT NULL CHECK ("order" >= 0), "title" varchar(100) NOT NULL, "items" text NOT NULL, "term_id" bigint NOT NULL REFERENCES "products_policyterm" ("id") DEFERRABLE INITIALLY DEFERRED);
--
-- Create model IncidentCase
--
CREATE TABLE "products_incidentcase" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "order" smallint unsigned NOT NULL CHECK ("order" >= 0), "signs" text NOT NULL, "support_desk_id" smallint NOT NULL REFERENCES "products_supportdesk" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "products_incidentcase_functions" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "incidentcase_id" bigint NOT NULL REFERENCES "products_incidentcase" ("id") DEFERRABLE INITIALLY DEFERRED, "supportfunction_id" bigint NOT NULL REFERENCES "products_supportfunction" ("id") DEFERRABLE INITIALLY DEFERRED);
--
-- Create model SupportStrength
--
CREATE TABLE "products_supportstrength" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "order" smallint unsigned NOT NULL CHECK ("order" >= 0), "title" varchar(100) NOT NULL, "text" text NOT NULL, "note" text NOT NULL, "support_desk_id" smallint NOT NULL REFERENCES "products_supportdesk" ("id") DEFERRABLE INITIALLY DEFERRED);
--
-- Create constraint document_public_from_before_until on model document
--
CREATE TABLE "new__products_document" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "order" smallint unsigned NOT NULL CHECK ("order" >= 0), "public_from" datetime NULL, "public_until" datetime NULL, "code" varchar(50) NOT NULL UNIQUE, "title" varchar(150) NOT NULL, "kind" varchar(20) NOT NULL, "file" varchar(100) NOT NULL, "url" varchar(500) NOT NULL, "issued_on" date NULL, "term_id" bigint NULL REFERENCES "products_policyterm" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "document_public_from_before_until" CHECK (("public_until" IS NULL OR "public_from" < ("public_until"))));
INSERT INTO "new__products_document" ("id", "order", "public_from", "public_until", "code", "title", "kind", "file", "url", "issued_on", "term_id") SELECT "id", "order", "public_from", "public_until", "code", "title", "kind", "file", "url", "issued_on", "term_id" FROM "products_document";
DROP TABLE "products_document";
ALTER TABLE "new__products_document" RENAME TO "products_document";
CREATE INDEX "products_premiumrow_term_id_983ab99d" ON "products_premiumrow" ("term_id");
CREATE INDEX "products_product_insurer_id_ddd18551" ON "products_product" ("insurer_id");
CREATE INDEX "products_reason_term_id_ee9e5788" ON "products_reason" ("term_id");
CREATE INDEX "products_securityprogram_provider_id_dfb5d7c6" ON "products_securityprogram" ("provider_id");
CREATE INDEX "products_securityservice_program_id_3394ec0e" ON "products_securityservice" ("program_id");
CREATE INDEX "products_supportdesk_terms_of_use_id_9adae467" ON "products_supportdesk" ("terms_of_use_id");
CREATE INDEX "products_supportcaution_support_desk_id_cf3edcfa" ON "products_supportcaution" ("support_desk_id");
CREATE INDEX "products_supportfunction_term_id_10025c0b" ON "products_supportfunction" ("term_id");
CREATE INDEX "products_incidentcase_support_desk_id_0474585f" ON "products_incidentcase" ("support_desk_id");
CREATE UNIQUE INDEX "products_incidentcase_functions_incidentcase_id_supportfunction_id_89e9e6a0_uniq" ON "products_incidentcase_functions" ("incidentcase_id", "supportfunction_id");
CREATE INDEX "products_incidentcase_functions_incidentcase_id_2c2b3980" ON "products_incidentcase_functions" ("incidentcase_id");
CREATE INDEX "products_incidentcase_functions_supportfunction_id_48d39145" ON "products_incidentcase_functions" ("supportfunction_id");
CREATE INDEX "products_supportstrength_support_desk_id_0b0cc377" ON "products_supportstrength" ("support_desk_id");
CREATE INDEX "products_document_term_id_6f6a904c" ON "products_document" ("term_id");
--
-- Create constraint document_is_a_file_or_a_link on model document
--
CREATE TABLE "new__products_document" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "order" smallint unsigned NOT NULL CHECK ("order" >= 0), "public_from" datetime NULL, "public_until" datetime NULL, "code" varchar(50) NOT NULL UNIQUE, "title" varchar(150) NOT NULL, "kind" varchar(20) NOT NULL, "file" varchar(100) NOT NULL, "url" varchar(500) NOT NULL, "issued_on" date NULL, "term_id" bigint NULL REFERENCES "products_policyterm" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "document_public_from_before_until" CHECK (("public_until" IS NULL OR "public_from" < ("public_until"))), CONSTRAINT "document_is_a_file_or_a_link" CHECK (((NOT ("file" = '') AND "url" = '') OR ("file" = '' AND NOT ("url" = '')))));
INSERT INTO "new__products_document" ("id", "order", "public_from", "public_until", "code", "title", "kind", "file", "url", "issued_on", "term_id") SELECT "id", "order", "public_from", "public_until", "code", "title", "kind", "file", "url", "issued_on", "term_id" FROM "products_document";
DROP TABLE "products_document";
ALTER TABLE "new__products_document" RENAME TO "products_document";
CREATE INDEX "products_document_term_id_6f6a904c" ON "products_document" ("term_id");
--
-- Create constraint coverage_kind_once_per_term on model coveragecategory
--
CREATE TABLE "new__products_coveragecategory" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "order" smallint unsigned NOT NULL CHECK ("order" >= 0), "kind" varchar(20) NOT NULL, "short_name" varchar(20) NOT NULL, "title" varchar(100) NOT NULL, "text" text NOT NULL, "is_option" bool NOT NULL, "examples_heading" varchar(100) NOT NULL, "examples" text NOT NULL, "term_id" bigint NOT NULL REFERENCES "products_policyterm" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "coverage_kind_once_per_term" UNIQUE ("term_id", "kind"));
INSERT INTO "new__products_coveragecategory" ("id", "order", "kind", "short_name", "title", "text", "is_option", "examples_heading", "examples", "term_id") SELECT "id", "order", "kind", "short_name", "title", "text", "is_option", "examples_heading", "examples", "term_id" FROM "products_coveragecategory";
DROP TABLE "products_coveragecategory";
ALTER TABLE "new__products_coveragecategory" RENAME TO "products_coveragecategory";
CREATE INDEX "products_coveragecategory_term_id_6030e4b6" ON "products_coveragecategory" ("term_id");
--
-- Create constraint premium_low_not_above_high on model premiumrow
--
CREATE TABLE "new__products_premiumrow" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "number" smallint unsigned NOT NULL CHECK ("number" >= 0), "turnover" bigint unsigned NOT NULL CHECK ("turnover" >= 0), "liability_limit" bigint unsigned NOT NULL CHECK ("liability_limit" >= 0), "expense_limit" bigint unsigned NOT NULL CHECK ("expense_limit" >= 0), "profit_limit" bigint unsigned NULL CHECK ("profit_limit" >= 0), "profit_indemnity_months" smallint unsigned NULL CHECK ("profit_indemnity_months" >= 0), "annual_low" integer unsigned NOT NULL CHECK ("annual_low" >= 0), "annual_high" integer unsigned NOT NULL CHECK ("annual_high" >= 0), "monthly_low" integer unsigned NOT NULL CHECK ("monthly_low" >= 0), "monthly_high" integer unsigned NOT NULL CHECK ("monthly_high" >= 0), "term_id" bigint NOT NULL REFERENCES "products_policyterm" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "premium_low_not_above_high" CHECK (("annual_low" <= ("annual_high") AND "monthly_low" <= ("monthly_high"))));
INSERT INTO "new__products_premiumrow" ("id", "number", "turnover", "liability_limit", "expense_limit", "profit_limit", "profit_indemnity_months", "annual_low", "annual_high", "monthly_low", "monthly_high", "term_id") SELECT "id", "number", "turnover", "liability_limit", "expense_limit", "profit_limit", "profit_indemnity_months", "annual_low", "annual_high", "monthly_low", "monthly_high", "term_id" FROM "products_premiumrow";
DROP TABLE "products_premiumrow";
ALTER TABLE "new__products_premiumrow" RENAME TO "products_premiumrow";
CREATE INDEX "products_premiumrow_term_id_983ab99d" ON "products_premiumrow" ("term_id");
--
-- Create constraint premium_amounts_above_zero on model premiumrow
--
CREATE TABLE "new__products_premiumrow" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "number" smallint unsigned NOT NULL CHECK ("number" >= 0), "turnover" bigint unsigned NOT NULL CHECK ("turnover" >= 0), "liability_limit" bigint unsigned NOT NULL CHECK ("liability_limit" >= 0), "expense_limit" bigint unsigned NOT NULL CHECK ("expense_limit" >= 0), "profit_limit" bigint unsigned NULL CHECK ("profit_limit" >= 0), "profit_indemnity_months" smallint unsigned NULL CHECK ("profit_indemnity_months" >= 0), "annual_low" integer unsigned NOT NULL CHECK ("annual_low" >= 0), "annual_high" integer unsigned NOT NULL CHECK ("annual_high" >= 0), "monthly_low" integer unsigned NOT NULL CHECK ("monthly_low" >= 0), "monthly_high" integer unsigned NOT NULL CHECK ("monthly_high" >= 0), "term_id" bigint NOT NULL REFERENCES "products_policyterm" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "premium_low_not_above_high" CHECK (("annual_low" <= ("annual_high") AND "monthly_low" <= ("monthly_high"))), CONSTRAINT "premium_amounts_above_zero" CHECK (("annual_low" > 0 AND "expense_limit" > 0 AND "liability_limit" > 0 AND "monthly_low" > 0 AND "turnover" > 0)));
INSERT INTO "new__products_premiumrow" ("id", "number", "turnover", "liability_limit", "expense_limit", "profit_limit", "profit_indemnity_months", "annual_low", "annual_high", "monthly_low", "monthly_high", "term_id") SELECT "id", "number", "turnover", "liability_limit", "expense_limit", "profit_limit", "profit_indemnity_months", "annual_low", "annual_high", "monthly_low", "monthly_high", "term_id" FROM "products_premiumrow";
DROP TABLE "products_premiumrow";
ALTER TABLE "new__products_premiumrow" RENAME TO "products_premiumrow";
CREATE INDEX "products_premiumrow_term_id_983ab99d" ON "products_premiumrow" ("term_id");
--
-- Create constraint premium_profit_limit_with_indemnity_period on model premiumrow
--
CREATE TABLE "new__products_premiumrow" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "number" smallint unsigned NOT NULL CHECK ("number" >= 0), "turnover" bigint unsigned NOT NULL CHECK ("turnover" >= 0), "liability_limit" bigint unsigned NOT NULL CHECK ("liability_limit" >= 0), "expense_limit" bigint unsigned NOT NULL CHECK ("expense_limit" >= 0), "profit_limit" bigint unsigned NULL CHECK ("profit_limit" >= 0), "profit_indemnity_months" smallint unsigned NULL CHECK ("profit_indemnity_months" >= 0), "annual_low" integer unsigned NOT NULL CHECK ("annual_low" >= 0), "annual_high" integer unsigned NOT NULL CHECK ("annual_high" >= 0), "monthly_low" integer unsigned NOT NULL CHECK ("monthly_low" >= 0), "monthly_high" integer unsigned NOT NULL CHECK ("monthly_high" >= 0), "term_id" bigint NOT NULL REFERENCES "products_policyterm" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "premium_low_not_above_high" CHECK (("annual_low" <= ("annual_high") AND "monthly_low" <= ("monthly_high"))), CONSTRAINT "premium_amounts_above_zero" CHECK (("annual_low" > 0 AND "expense_limit" > 0 AND "liability_limit" > 0 AND "monthly_low" > 0 AND "turnover" > 0)), CONSTRAINT "premium_profit_limit_with_indemnity_period" CHECK ((("profit_indemnity_months" IS NULL AND "profit_limit" IS NULL) OR ("profit_indemnity_months" > 0 AND "profit_indemnity_months" IS NOT NULL AND "profit_limit" > 0 AND "profit_limit" IS NOT NULL))));
INSERT INTO "new__products_premiumrow" ("id", "number", "turnover", "liability_limit", "expense_limit", "profit_limit", "profit_indemnity_months", "annual_low", "annual_high", "monthly_low", "monthly_high", "term_id") SELECT "id", "number", "turnover", "liability_limit", "expense_limit", "profit_limit", "profit_indemnity_months", "annual_low", "annual_high", "monthly_low", "monthly_high", "term_id" FROM "products_premiumrow";
DROP TABLE "products_premiumrow";
ALTER TABLE "new__products_premiumrow" RENAME TO "products_premiumrow";
CREATE INDEX "products_premiumrow_term_id_983ab99d" ON "products_premiumrow" ("term_id");
--
-- Create constraint premium_number_once_per_term on model premiumrow
--
CREATE TABLE "new__products_premiumrow" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "number" smallint unsigned NOT NULL CHECK ("number" >= 0), "turnover" bigint unsigned NOT NULL CHECK ("turnover" >= 0), "liability_limit" bigint unsigned NOT NULL CHECK ("liability_limit" >= 0), "expense_limit" bigint unsigned NOT NULL CHECK ("expense_limit" >= 0), "profit_limit" bigint unsigned NULL CHECK ("profit_limit" >= 0), "profit_indemnity_months" smallint unsigned NULL CHECK ("profit_indemnity_months" >= 0), "annual_low" integer unsigned NOT NULL CHECK ("annual_low" >= 0), "annual_high" integer unsigned NOT NULL CHECK ("annual_high" >= 0), "monthly_low" integer unsigned NOT NULL CHECK ("monthly_low" >= 0), "monthly_high" integer unsigned NOT NULL CHECK ("monthly_high" >= 0), "term_id" bigint NOT NULL REFERENCES "products_policyterm" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "premium_low_not_above_high" CHECK (("annual_low" <= ("annual_high") AND "monthly_low" <= ("monthly_high"))), CONSTRAINT "premium_amounts_above_zero" CHECK (("annual_low" > 0 AND "expense_limit" > 0 AND "liability_limit" > 0 AND "monthly_low" > 0 AND "turnover" > 0)), CONSTRAINT "premium_profit_limit_with_indemnity_period" CHECK ((("profit_indemnity_months" IS NULL AND "profit_limit" IS NULL) OR ("profit_indemnity_months" > 0 AND "profit_indemnity_months" IS NOT NULL AND "profit_limit" > 0 AND "profit_limit" IS NOT NULL))), CONSTRAINT "premium_number_once_per_term" UNIQUE ("term_id", "number"));
INSERT INTO "new__products_premiumrow" ("id", "number", "turnover", "liability_limit", "expense_limit", "profit_limit", "profit_indemnity_months", "annual_low", "annual_high", "monthly_low", "monthly_high", "term_id") SELECT "id", "number", "turnover", "liability_limit", "expense_limit", "profit_limit", "profit_indemnity_months", "annual_low", "annual_high", "monthly_low", "monthly_high", "term_id" FROM "products_premiumrow";
DROP TABLE "products_premiumrow";
ALTER TABLE "new__products_premiumrow" RENAME TO "products_premiumrow";
CREATE INDEX "products_premiumrow_term_id_983ab99d" ON "products_premiumrow" ("term_id");
--
-- Create constraint premium_once_per_turnover_without_profit on model premiumrow
--
CREATE UNIQUE INDEX "premium_once_per_turnover_without_profit" ON "products_premiumrow" ("term_id", "turnover") WHERE "profit_limit" IS NULL;
--
-- Create constraint premium_once_per_turnover_with_profit on model premiumrow
--
CREATE UNIQUE INDEX "premium_once_per_turnover_with_profit" ON "products_premiumrow" ("term_id", "turnover") WHERE "profit_limit" IS NOT NULL;
--
-- Create constraint product_only_one on model product
--
CREATE TABLE "new__products_product" ("id" smallint unsigned NOT NULL PRIMARY KEY CHECK ("id" >= 0), "name" varchar(100) NOT NULL, "insurance_class" varchar(50) NOT NULL, "insurer_id" bigint NOT NULL REFERENCES "contacts_organisation" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "product_only_one" CHECK ("id" = 1));
INSERT INTO "new__products_product" ("id", "name", "insurance_class", "insurer_id") SELECT "id", "name", "insurance_class", "insurer_id" FROM "products_product";
DROP TABLE "products_product";
ALTER TABLE "new__products_product" RENAME TO "products_product";
CREATE INDEX "products_product_insurer_id_ddd18551" ON "products_product" ("insurer_id");
--
-- Create constraint securityprogram_only_one on model securityprogram
--
CREATE TABLE "new__products_securityprogram" ("id" smallint unsigned NOT NULL PRIMARY KEY CHECK ("id" >= 0), "name" varchar(100) NOT NULL, "provider_id" bigint NOT NULL REFERENCES "contacts_organisation" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "securityprogram_only_one" CHECK ("id" = 1));
INSERT INTO "new__products_securityprogram" ("id", "name", "provider_id") SELECT "id", "name", "provider_id" FROM "products_securityprogram";
DROP TABLE "products_securityprogram";
ALTER TABLE "new__products_securityprogram" RENAME TO "products_securityprogram";
CREATE INDEX "products_securityprogram_provider_id_dfb5d7c6" ON "products_securityprogram" ("provider_id");
--
-- Create constraint supportdesk_only_one on model supportdesk
--
CREATE TABLE "new__products_supportdesk" ("id" smallint unsigned NOT NULL PRIMARY KEY CHECK ("id" >= 0), "who_may_use" text NOT NULL, "text" text NOT NULL, "charge_note" text NOT NULL, "cases_heading" varchar(100) NOT NULL, "cases_text" text NOT NULL, "terms_of_use_id" bigint NULL REFERENCES "products_document" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "supportdesk_only_one" CHECK ("id" = 1));
INSERT INTO "new__products_supportdesk" ("id", "who_may_use", "text", "charge_note", "cases_heading", "cases_text", "terms_of_use_id") SELECT "id", "who_may_use", "text", "charge_note", "cases_heading", "cases_text", "terms_of_use_id" FROM "products_supportdesk";
DROP TABLE "products_supportdesk";
ALTER TABLE "new__products_supportdesk" RENAME TO "products_supportdesk";
CREATE INDEX "products_supportdesk_terms_of_use_id_9adae467" ON "products_supportdesk" ("terms_of_use_id");
--
-- Create constraint support_function_once_per_term on model supportfunction
--
CREATE TABLE "new__products_supportfunction" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "order" smallint unsigned NOT NULL CHECK ("order" >= 0), "title" varchar(100) NOT NULL, "items" text NOT NULL, "term_id" bigint NOT NULL REFERENCES "products_policyterm" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "support_function_once_per_term" UNIQUE ("term_id", "title"));
INSERT INTO "new__products_supportfunction" ("id", "order", "title", "items", "term_id") SELECT "id", "order", "title", "items", "term_id" FROM "products_supportfunction";
DROP TABLE "products_supportfunction";
ALTER TABLE "new__products_supportfunction" RENAME TO "products_supportfunction";
CREATE INDEX "products_supportfunction_term_id_10025c0b" ON "products_supportfunction" ("term_id");
COMMIT;

-- products.0002_approval_and_pdf
BEGIN;
--
-- Add field approval_scope to policyterm
--
CREATE TABLE "new__products_policyterm" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "approval_scope" text NOT NULL, "code" varchar(50) NOT NULL UNIQUE, "starts_at" datetime NOT NULL, "ends_at" datetime NOT NULL, "public_from" datetime NULL, "joining_deadline_day" smallint unsigned NOT NULL CHECK ("joining_deadline_day" >= 0), "joining_start_day" smallint unsigned NOT NULL CHECK ("joining_start_day" >= 0), "joining_start_time" time NOT NULL, "premium_notes" text NOT NULL, "coverage_lead" text NOT NULL, "coverage_note" text NOT NULL, "support_lead" text NOT NULL, "support_note" text NOT NULL, "eligibility" text NOT NULL, "exclusions" text NOT NULL, "deductible" text NOT NULL, "how_to_apply" text NOT NULL, "part_year_premium" text NOT NULL, "closed_day_rule" text NOT NULL, "approval_number" varchar(50) NOT NULL, "approved_on" date NULL, CONSTRAINT "term_starts_before_it_ends" CHECK ("starts_at" < ("ends_at")), CONSTRAINT "term_joining_days_are_in_every_month" CHECK (("joining_deadline_day" BETWEEN 1 AND 28 AND "joining_start_day" BETWEEN 1 AND 28)), CONSTRAINT "term_approval_has_number_and_date" CHECK ((("approval_number" = '' AND "approved_on" IS NULL) OR (NOT ("approval_number" = '') AND "approved_on" IS NOT NULL))));
INSERT INTO "new__products_policyterm" ("id", "code", "starts_at", "ends_at", "public_from", "joining_deadline_day", "joining_start_day", "joining_start_time", "premium_notes", "coverage_lead", "coverage_note", "support_lead", "support_note", "eligibility", "exclusions", "deductible", "how_to_apply", "part_year_premium", "closed_day_rule", "approval_number", "approved_on", "approval_scope") SELECT "id", "code", "starts_at", "ends_at", "public_from", "joining_deadline_day", "joining_start_day", "joining_start_time", "premium_notes", "coverage_lead", "coverage_note", "support_lead", "support_note", "eligibility", "exclusions", "deductible", "how_to_apply", "part_year_premium", "closed_day_rule", "approval_number", "approved_on", '' FROM "products_policyterm";
DROP TABLE "products_policyterm";
ALTER TABLE "new__products_policyterm" RENAME TO "products_policyterm";
--
-- Add field approval_use_by to policyterm
--
ALTER TABLE "products_policyterm" ADD COLUMN "approval_use_by" date NULL;
--
-- Add field approved_fingerprint to policyterm
--
CREATE TABLE "new__products_policyterm" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "code" varchar(50) NOT NULL UNIQUE, "starts_at" datetime NOT NULL, "ends_at" datetime NOT NULL, "public_from" datetime NULL, "joining_deadline_day" smallint unsigned NOT NULL CHECK ("joining_deadline_day" >= 0), "joining_start_day" smallint unsigned NOT NULL CHECK ("joining_start_day" >= 0), "joining_start_time" time NOT NULL, "premium_notes" text NOT NULL, "coverage_lead" text NOT NULL, "coverage_note" text NOT NULL, "support_lead" text NOT NULL, "support_note" text NOT NULL, "eligibility" text NOT NULL, "exclusions" text NOT NULL, "deductible" text NOT NULL, "how_to_apply" text NOT NULL, "part_year_premium" text NOT NULL, "closed_day_rule" text NOT NULL, "approval_number" varchar(50) NOT NULL, "approved_on" date NULL, "approval_scope" text NOT NULL, "approval_use_by" date NULL, "approved_fingerprint" varchar(64) NOT NULL, CONSTRAINT "term_starts_before_it_ends" CHECK ("starts_at" < ("ends_at")), CONSTRAINT "term_joining_days_are_in_every_month" CHECK (("joining_deadline_day" BETWEEN 1 AND 28 AND "joining_start_day" BETWEEN 1 AND 28)), CONSTRAINT "term_approval_has_number_and_date" CHECK ((("approval_number" = '' AND "approved_on" IS NULL) OR (NOT ("approval_number" = '') AND "approved_on" IS NOT NULL))));
INSERT INTO "new__products_policyterm" ("id", "code", "starts_at", "ends_at", "public_from", "joining_deadline_day", "joining_start_day", "joining_start_time", "premium_notes", "coverage_lead", "coverage_note", "support_lead", "support_note", "eligibility", "exclusions", "deductible", "how_to_apply", "part_year_premium", "closed_day_rule", "approval_number", "approved_on", "approval_scope", "approval_use_by", "approved_fingerprint") SELECT "id", "code", "starts_at", "ends_at", "public_from", "joining_deadline_day", "joining_start_day", "joining_start_time", "premium_notes", "coverage_lead", "coverage_note", "support_lead", "support_note", "eligibility", "exclusions", "deductible", "how_to_apply", "part_year_premium", "closed_day_rule", "approval_number", "approved_on", "approval_scope", "approval_use_by", '' FROM "products_policyterm";
DROP TABLE "products_policyterm";
ALTER TABLE "new__products_policyterm" RENAME TO "products_policyterm";
--
-- Alter field code on document
--
-- (no-op)
--
-- Alter field file on document
--
CREATE TABLE "new__products_document" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "order" smallint unsigned NOT NULL CHECK ("order" >= 0), "public_from" datetime NULL, "public_until" datetime NULL, "code" varchar(50) NOT NULL UNIQUE, "title" varchar(150) NOT NULL, "kind" varchar(20) NOT NULL, "url" varchar(500) NOT NULL, "issued_on" date NULL, "term_id" bigint NULL REFERENCES "products_policyterm" ("id") DEFERRABLE INITIALLY DEFERRED, "file" varchar(100) NOT NULL, CONSTRAINT "document_public_from_before_until" CHECK (("public_until" IS NULL OR "public_from" < ("public_until"))), CONSTRAINT "document_is_a_file_or_a_link" CHECK (((NOT ("file" = '') AND "url" = '') OR ("file" = '' AND NOT ("url" = '')))));
INSERT INTO "new__products_document" ("id", "order", "public_from", "public_until", "code", "title", "kind", "url", "issued_on", "term_id", "file") SELECT "id", "order", "public_from", "public_until", "code", "title", "kind", "url", "issued_on", "term_id", "file" FROM "products_document";
DROP TABLE "products_document";
ALTER TABLE "new__products_document" RENAME TO "products_document";
CREATE INDEX "products_document_term_id_6f6a904c" ON "products_document" ("term_id");
--
-- Alter field number on premiumrow
--
-- (no-op)
COMMIT;

-- publishing.0001_initial
BEGIN;
--
-- Create model ContentRevision
--
CREATE TABLE "publishing_contentrevision" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "number" bigint NOT NULL, "token" varchar(32) NOT NULL, CONSTRAINT "one_content_revision" CHECK ("id" = 1));
COMMIT;

