-- What the signer drew when it was told that approvals are void: the next one
-- is signed with it. '' until it was told.
ALTER TABLE withdrawals ADD COLUMN mark TEXT NOT NULL DEFAULT '';

-- The workspaces that an operator belongs to, whose requests they never see.
-- The custodians' list at the signer has its own.
CREATE TABLE operator_workspaces (
  member TEXT NOT NULL REFERENCES members(id),
  workspace TEXT NOT NULL REFERENCES workspaces(id),
  PRIMARY KEY (member, workspace)
);
