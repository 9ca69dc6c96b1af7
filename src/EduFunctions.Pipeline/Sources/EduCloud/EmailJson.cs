using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Sources.EduCloud;

/// <summary>Of each type of e-mail address that a role uses the first one counts.</summary>
internal static class EmailJson
{
    public static void Read(ref PageWalker json, ref PersonRow person)
    {
        if (!json.Array())
        {
            return;
        }

        while (json.NextObject())
        {
            var (value, type) = ReadOne(ref json);
            switch (type)
            {
                case EmailTypes.Student when person.StudentEmail.IsEmpty:
                    person.StudentEmail = value;
                    break;
                case EmailTypes.Staff when person.StaffEmail.IsEmpty:
                    person.StaffEmail = value;
                    break;
                case EmailTypes.Private when person.PrivateEmail.IsEmpty:
                    person.PrivateEmail = value;
                    break;
            }
        }
    }

    private static (Text Value, byte Type) ReadOne(ref PageWalker json)
    {
        var (value, type) = (default(Text), default(byte));
        while (json.NextProperty())
        {
            if (json.Is("value"u8))
            {
                value = json.Text();
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
