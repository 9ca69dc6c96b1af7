using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Systems.Ss12000;

/// <summary>Of each type of e-mail address that a role uses the first one counts.</summary>
internal static class EmailJson
{
    public static void Read(ref PageWalker json)
    {
        if (!json.Array())
        {
            return;
        }

        json.Part = "emails";
        while (json.NextObject())
        {
            var (value, type) = ReadOne(ref json, out var login);

            // Of a school it is one human's, as a login is; families share others.
            json.Identity.AddFurther(type is EmailTypes.Student or EmailTypes.Staff ? login : 0);
            if (TextOf(type) is { } text && !json.Person.Has(text))
            {
                json.Person.Set(text, value);
            }
        }

        json.Part = "";
    }

    private static PersonText? TextOf(byte type) => type switch
    {
        EmailTypes.Student => PersonText.StudentEmail,
        EmailTypes.Staff => PersonText.StaffEmail,
        EmailTypes.Private => PersonText.PrivateEmail,
        _ => null,
    };

    private static (Text Value, byte Type) ReadOne(ref PageWalker json, out ulong login)
    {
        var (value, type) = (default(Text), default(byte));
        login = 0;
        while (json.NextProperty())
        {
            if (json.Is("value"u8))
            {
                var word = json.Word();
                login = PersonIdentity.OfLogin(word);
                value = json.Person.Keep(word);
            }
            else if (json.Is("type"u8))
            {
                type = json.Value(json.Whole.Vocabularies.EmailTypes);
            }
            else
            {
                json.Skip();
            }
        }

        return (value, type);
    }
}
