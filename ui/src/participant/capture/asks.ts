// Whether the browser will ask for the camera: who is about to be asked hears
// why before; who has allowed it already need not.
import { useEffect, useState } from "preact/hooks";

export function useAsksForCamera(): boolean {
  const [asks, setAsks] = useState(true);
  useEffect(() => {
    let left = false;
    const name = "camera" as PermissionName; // not every browser knows it
    navigator.permissions?.query({ name }).then((told) => {
      if (!left) setAsks(told.state !== "granted");
    }, () => undefined);
    return () => { left = true; };
  }, []);
  return asks;
}
