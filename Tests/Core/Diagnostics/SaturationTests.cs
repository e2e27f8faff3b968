using NUnit.Framework;
using Recurrent.Diagnostics;

namespace Recurrent.Tests.Diagnostics
{
    public class SaturationTests
    {
        [Test]
        public void Gates_built_by_hand_are_a_third_each()
        {
            Saturation share = Saturation.Of(new[] { 0.95f, 0.05f, 0.5f, 0.01f, 0.3f, 0.999f });
            Assert.That((share.Open, share.Shut, share.Between), Is.EqualTo((1f / 3f, 1f / 3f, 1f / 3f)));
        }

        [Test]
        public void A_value_on_a_threshold_is_between_and_one_that_is_no_number_is_nowhere()
        {
            Saturation share = Saturation.Of(new[] { 0.8f, 0.2f, float.NaN, 0.81f }, 0.8f, 0.2f);
            Assert.That((share.Open, share.Shut, share.Between), Is.EqualTo((0.25f, 0f, 0.5f)));
        }

        [Test]
        public void No_values_have_no_shares()
        {
            Saturation share = Saturation.Of(new float[0]);
            Assert.That((share.Open, share.Shut, share.Between), Is.EqualTo((0f, 0f, 0f)));
        }
    }
}
