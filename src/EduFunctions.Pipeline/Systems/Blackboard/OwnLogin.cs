using System.Globalization;
using System.IO.Hashing;
using System.Text;
using EduFunctions.Pipeline.Feeds;
using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Systems.Blackboard;

/// <summary>
/// A login name that is nobody else's: the record's key. Learn refuses one that any record has, a disabled one included, so whoever leaves gives theirs up;
/// who is back gets it again.
/// </summary>
internal static class OwnLogin
{
    public static ReadOnlySpan<byte> Of(ReadOnlySpan<byte> key) => LearnLimits.TakesUserId(key) && !CleanText.IsLonger(key, LearnLimits.UserId)
        ? key
        : Encoding.UTF8.GetBytes(XxHash128.HashToUInt128(key).ToString("x32", CultureInfo.InvariantCulture));

    public static ReadOnlySpan<byte> Of(EntityId key) => Of(Encoding.UTF8.GetBytes(key.ToString()));

    /// <summary>Of a record that leaves; where ids are login names, the one it has.</summary>
    public static ReadOnlySpan<byte> Of(KnownRow left, BlackboardSettings settings, CleanText text) =>
        settings.UserId == BlackboardSettings.OwnId ? text.Clean(left.Value(LearnObject.UserId)) : Of(left.First);
}
