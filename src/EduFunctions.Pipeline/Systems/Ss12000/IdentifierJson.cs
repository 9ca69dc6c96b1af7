using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Systems.Ss12000;

/// <summary>External identifiers, only of the contexts that a feed asks for.</summary>
internal static class IdentifierJson
{
    public static void Read(ref PageWalker json, int person)
    {
        if (!json.Array())
        {
            return;
        }

        json.Part = "externalIdentifiers";
        while (json.NextObject())
        {
            var identifier = new IdentifierRow { Person = person };
            while (json.NextProperty())
            {
                if (json.Is("value"u8))
                {
                    identifier.Value = json.Text();
                }
                else if (json.Is("context"u8))
                {
                    identifier.Context = json.Whole.Vocabularies.IdentifierContexts.Find(json.Value());
                }
                else
                {
                    json.Skip();
                }
            }

            if (identifier.Context != 0)
            {
                json.Fragment.Identifiers.Add(identifier);
            }
        }

        json.Part = "";
    }
}
