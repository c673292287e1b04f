// Cases that wait for an operator, oldest first.
import { useState } from "preact/hooks";
import { asFailure, get, type Failure } from "../../shared/api";
import { Loading, Notice } from "../../shared/controls";
import { failureText } from "../../shared/failure-text";
import { moment } from "../../shared/format";
import { usePolling } from "../../shared/hooks";
import { Icon } from "../../shared/icons";
import { language, t, tWord } from "../../shared/text";
import type { Page, ReviewItem } from "../../shared/types";
import { LevelTag, PageHead } from "../page";
import { go } from "../router";

export function ReviewList() {
  const [rows, setRows] = useState<ReviewItem[] | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  usePolling(async (signal) => {
    try {
      setRows((await get<Page<ReviewItem>>("/v1/reviews", signal)).data);
      setFailure(null);
    } catch (error) {
      if (!signal.aborted) setFailure(asFailure(error));
    }
  }, 5000, []);
  return (
    <>
      <PageHead title={t("nav.review")} lead={t("review.lead")} />
      {failure && <Notice tone="warning" alert><p>{failureText(failure)}</p></Notice>}
      {!rows && !failure && <Loading />}
      {rows?.length === 0 && (
        <div class="empty"><Icon name="check" /><p>{t("review.empty")}</p></div>
      )}
      {rows && rows.length > 0 && (
        <div class="table-box">
          <table class="requests" data-test="reviews">
            <thead>
              <tr>
                <th scope="col">{t("review.case")}</th>
                <th scope="col">{t("column.level")}</th>
                <th scope="col">{t("review.workspace")}</th>
                <th scope="col">{t("review.since")}</th>
                <th scope="col">{t("review.why")}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={row.id} data-test="review" onClick={() => go(`review/${row.id}`)}>
                  <td class="person"><a class="mono" href={`#/review/${row.id}`}>{row.id}</a></td>
                  <td class="level"><LevelTag level={row.level} /></td>
                  <td class="by">
                    {row.workspace.name}
                    {row.workspace.test && <> <span class="chip test">{t("test.chip")}</span></>}
                  </td>
                  <td class="created">{moment(row.opened_at, language())}</td>
                  <td class="why">{tWord("review_why", row.why)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </>
  );
}
