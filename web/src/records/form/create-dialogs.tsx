/** Draws the create dialogs that are asked for; mounted once by the shell. */
import { findObject, useCatalog } from "@/lib/catalog";
import { useCreateRequests } from "./create-dialog";
import { CreateForm } from "./create-form";

export function CreateDialogs() {
  const catalog = useCatalog();
  const requests = useCreateRequests((state) => state.requests);
  return requests.map((request, index) => {
    const object = findObject(catalog, request.object);
    return (
      object && (
        <CreateForm key={request.id} object={object} request={request} top={index === requests.length - 1} />
      )
    );
  });
}
