// The operators' part of the members' page, and the texts it needs.
import { addTexts } from "../../shared/text";
import type { OperatorsProps } from "../operators";
import { ReviewCase } from "./case";
import { Figures } from "./figures";
import { GuidePage } from "./guide";
import { Queue } from "./queue";
import { prepareSaid } from "./said";
import "./review.css";

export const prepare = () => Promise.all([addTexts("review"), prepareSaid()]);

export function Section({ name, me, route }: OperatorsProps) {
  const id = route.path[1];
  if (name === "figures") return <Figures />;
  if (name === "guide") return <GuidePage />;
  return id
    ? <ReviewCase key={id} id={id} cover={me.cover} />
    : <Queue route={route} />;
}
