using System.Collections.Generic;

namespace Recurrent.Diagnostics
{
    /// <summary>
    /// Orders and views that need more than this assembly, and register themselves when what they need is installed. One of the same name takes the other's place,
    /// so that registering twice does no harm.
    /// </summary>
    public static class ViewerExtensions
    {
        private static readonly List<IUnitOrder> RegisteredOrders = new List<IUnitOrder>();
        private static readonly List<IStateView> RegisteredViews = new List<IStateView>();

        /// <summary>Orders of units, besides those that every viewer has.</summary>
        public static IReadOnlyList<IUnitOrder> Orders => RegisteredOrders;

        /// <summary>Views, besides those that every viewer has.</summary>
        public static IReadOnlyList<IStateView> Views => RegisteredViews;

        /// <summary>Registers an order of units for viewers that are made from now on.</summary>
        public static void Register(IUnitOrder order)
        {
            RegisteredOrders.RemoveAll(other => other.Name == order.Name);
            RegisteredOrders.Add(order);
        }

        /// <summary>Registers a view for viewers that are made from now on.</summary>
        public static void Register(IStateView view)
        {
            RegisteredViews.RemoveAll(other => other.Name == view.Name);
            RegisteredViews.Add(view);
        }
    }
}
