using System.Text;
using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Systems.Ss12000;

/// <summary>All the rules ask of an address is whether somebody is registered abroad; nothing else of it is kept.</summary>
internal static class AddressJson
{
    public static PersonFacts Read(ref PageWalker json)
    {
        var flags = PersonFacts.None;
        if (!json.Array())
        {
            return flags;
        }

        json.Part = "addresses";
        while (json.NextObject())
        {
            flags |= PersonFacts.HasAddress | ReadOne(ref json);
        }

        json.Part = "";

        return flags;
    }

    private static PersonFacts ReadOne(ref PageWalker json)
    {
        var (registered, abroad) = (true, false);
        while (json.NextProperty())
        {
            if (json.Is("type"u8))
            {
                // Without a type it is the registered address, the schema's default.
                registered = json.Value(json.Whole.Vocabularies.AddressTypes) is 0 or AddressTypes.Registered;
            }
            else if (json.Is("country"u8))
            {
                abroad = !IsSweden(json.Word());
            }
            else
            {
                json.Skip();
            }
        }

        return registered && abroad ? PersonFacts.RegisteredAbroad : PersonFacts.None;
    }

    /// <summary>The country is free text; an empty one is Sweden, since registers leave it out at home.</summary>
    private static bool IsSweden(ReadOnlySpan<byte> utf8)
    {
        Span<char> text = utf8.Length <= 64 ? stackalloc char[64] : new char[utf8.Length];
        ReadOnlySpan<char> country = text[..Encoding.UTF8.GetChars(utf8, text)].Trim();
        return country.IsEmpty
            || country.Equals("Sverige", StringComparison.OrdinalIgnoreCase)
            || country.Equals("Sweden", StringComparison.OrdinalIgnoreCase)
            || country.Equals("SE", StringComparison.OrdinalIgnoreCase)
            || country.Equals("SWE", StringComparison.OrdinalIgnoreCase);
    }
}
