using System.Text;

namespace EduFunctions.Pipeline.Model;

/// <summary>Ids that are numbers, as a spreadsheet makes them: <c>000123</c> and <c>123</c> are one to it, and are two ids.</summary>
internal static class LeadingZeros
{
    public static bool IsNumber(EntityId id) => id.IsText && id.ToString().All(char.IsAsciiDigit);

    /// <summary>Whether two ids are one number.</summary>
    public static bool AreAlike(EntityId one, EntityId other) => Without(one) == Without(other);

    /// <summary>The id without them; itself when it is no number.</summary>
    public static EntityId Without(EntityId id)
    {
        if (!id.IsText || id.ToString() is not ['0', _, ..] text || !text.All(char.IsAsciiDigit))
        {
            return id;
        }

        return EntityId.TryRead(Encoding.ASCII.GetBytes(text[..^1].TrimStart('0') + text[^1]), out var plain) ? plain : id;
    }
}
