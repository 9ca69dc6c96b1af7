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
        var (registered, isSweden, said) = (true, (bool?)true, json.Misreadings);
        while (json.NextProperty())
        {
            if (json.Is("type"u8))
            {
                // Without a type it is the registered address, the schema's default.
                registered = json.Value(json.Whole.Vocabularies.AddressTypes) is 0 or AddressTypes.Registered;
                json.LookAtValue();
            }
            else if (json.Is("country"u8))
            {
                isSweden = IsSweden(json.Word());
                json.LookAtValue();
            }
            else
            {
                json.Skip();
            }
        }

        if (registered && isSweden is null && json.Misreadings == said)
        {
            json.Misread("country"u8, "Sweden or another country", "another text");
        }

        return registered && isSweden == false ? PersonFacts.RegisteredAbroad : PersonFacts.None;
    }

    /// <summary>The country is free text; an empty one is Sweden, since registers leave it out at home. Null when nobody can tell.</summary>
    private static bool? IsSweden(ReadOnlySpan<byte> utf8)
    {
        var country = utf8.Trim(" \t"u8);
        return country.IsEmpty || country.SequenceEqual("Sverige"u8) ? true : Countries.IsSweden(country);
    }
}
