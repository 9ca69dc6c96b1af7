using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Sources.EduCloud;

/// <summary>Of each type of e-mail address that a role uses the first one counts.</summary>
internal static class EmailJson
{
    private enum EmailType
    {
        Other,
        Student,
        Staff,
        Private,
    }

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
                case EmailType.Student when person.StudentEmail.IsEmpty:
                    person.StudentEmail = value;
                    break;
                case EmailType.Staff when person.StaffEmail.IsEmpty:
                    person.StaffEmail = value;
                    break;
                case EmailType.Private when person.PrivateEmail.IsEmpty:
                    person.PrivateEmail = value;
                    break;
            }
        }
    }

    private static (Text Value, EmailType Type) ReadOne(ref PageWalker json)
    {
        var (value, type) = (default(Text), EmailType.Other);
        while (json.NextProperty())
        {
            if (json.Is("value"u8))
            {
                value = json.Text();
            }
            else if (json.Is("type"u8))
            {
                type = Parse(json.Value());
            }
            else
            {
                json.Skip();
            }
        }

        return (value, type);
    }

    private static EmailType Parse(ReadOnlySpan<byte> type) =>
        type.SequenceEqual("Skola elev"u8) ? EmailType.Student
        : type.SequenceEqual("Skola personal"u8) ? EmailType.Staff
        : type.SequenceEqual("Privat"u8) ? EmailType.Private
        : EmailType.Other;
}
